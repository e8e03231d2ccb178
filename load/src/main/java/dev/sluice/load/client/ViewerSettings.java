package dev.sluice.load.client;

import dev.sluice.load.count.Verification;
import dev.sluice.media.rtp.Codec;

import java.util.List;

/**
 * How viewers watch.
 *
 * @param codecs at most one of video and one of audio
 * @param lossPercent of received packets that are dropped, 0 to 100
 * @param comesAndGoes whether it stays for a part of the run only
 */
public record ViewerSettings(
        List<Codec> codecs, double lossPercent, Verification verification, boolean comesAndGoes) {

    public ViewerSettings {
        codecs = List.copyOf(codecs);
    }
}
