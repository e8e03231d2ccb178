package dev.sluice.server.session;

import java.util.ArrayList;
import java.util.List;

/**
 * The runs of one loop that are free to be used again, the last one first: what one viewer's
 * packets were gathered in is still in the processor's cache when the next one's are.
 */
public final class SendRuns {

    private final BatchSettings settings;
    private final List<SendRun> free = new ArrayList<>();

    public SendRuns(BatchSettings settings) {
        this.settings = settings;
    }

    /** An empty run. */
    SendRun take() {
        return free.isEmpty() ? new SendRun(settings) : free.removeLast();
    }

    /** The run is empty again. */
    void giveBack(SendRun run) {
        free.add(run);
    }
}
