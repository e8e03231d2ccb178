package dev.sluice.server.router;

import java.util.List;

/** What became of a question or a wish about layers. */
public sealed interface LayerOutcome {

    /** The video tracks of the viewer as they are now. */
    record Layers(List<TrackLayers> tracks) implements LayerOutcome {

        public Layers {
            tracks = List.copyOf(tracks);
        }
    }

    /** Nothing changed. */
    record Refused(Reason reason, String detail) implements LayerOutcome {}

    /** Why nothing changed. */
    enum Reason {
        UNKNOWN_SESSION,
        UNKNOWN_MEDIA,
        UNKNOWN_LAYER
    }
}
