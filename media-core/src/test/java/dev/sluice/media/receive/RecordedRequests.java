package dev.sluice.media.receive;

import java.util.ArrayList;
import java.util.List;

/** Remembers what a {@link NackRequester} asked for. */
final class RecordedRequests implements NackRequester.Sink {

    final List<Integer> lost = new ArrayList<>();
    int runs;
    int keyFrames;

    @Override
    public void onPacketsLost(long mediaSsrc, int firstSequenceNumber, int count) {
        runs++;
        for (int i = 0; i < count; i++) {
            lost.add((firstSequenceNumber + i) & 0xFFFF);
        }
    }

    @Override
    public void onKeyFrameNeeded(long mediaSsrc) {
        keyFrames++;
    }

    /** What was asked for since the last call. */
    List<Integer> take() {
        List<Integer> taken = List.copyOf(lost);
        lost.clear();
        return taken;
    }
}
