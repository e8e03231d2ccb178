package dev.sluice.server.router;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.server.session.DatagramRun;

import io.netty.buffer.ByteBuf;

/** Counts the datagrams that leave, and lets go of them. */
final class CountedOutput implements EngineOutput {

    private long sent;

    /** Datagrams so far, each of a run by itself. */
    long sent() {
        return sent;
    }

    @Override
    public void transmit(ByteBuf datagram, NetworkPath path) {
        sent++;
        datagram.release();
    }

    @Override
    public boolean takesRuns(NetworkPath path) {
        return true;
    }

    @Override
    public void transmitRun(DatagramRun run, NetworkPath path) {
        sent += run.size();
        run.release();
    }

    @Override
    public void closeConnection(NetworkPath connection) {}

    @Override
    public void onEvent(SessionEvent event) {}
}
