package dev.sluice.server.router;

import java.util.List;

/**
 * The layers that there are for one track of a viewer.
 *
 * @param mid of the viewer's media section
 * @param layers none while nobody publishes
 */
public record TrackLayers(String mid, LayerWish wish, List<LayerState> layers) {

    public TrackLayers {
        layers = List.copyOf(layers);
    }
}
