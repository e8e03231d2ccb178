package dev.sluice.server.net;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.server.router.EngineOutput;
import dev.sluice.server.router.SessionEvent;
import dev.sluice.server.session.DatagramRun;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/** Writes to a loop's sockets what its engine sends, and events to the log. */
final class SocketOutput implements EngineOutput {

    private final UdpEdge udp;
    private final @Nullable TcpEdge tcp;

    SocketOutput(UdpEdge udp, @Nullable TcpEdge tcp) {
        this.udp = udp;
        this.tcp = tcp;
    }

    @Override
    public void transmit(ByteBuf datagram, NetworkPath path) {
        if (tcp != null && path.isTcp()) {
            tcp.write(datagram, path);
        } else {
            udp.write(datagram, path);
        }
    }

    @Override
    public boolean takesRuns(NetworkPath path) {
        return !path.isTcp() && udp.takesRuns(path);
    }

    @Override
    public void transmitRun(DatagramRun run, NetworkPath path) {
        if (path.isTcp()) {
            run.drainTo(datagram -> transmit(datagram, path));
        } else {
            udp.writeRun(run, path);
        }
    }

    @Override
    public void closeConnection(NetworkPath connection) {
        if (tcp != null) {
            tcp.closeSoon(connection);
        }
    }

    @Override
    public void onEvent(SessionEvent event) {
        SessionLog.log(event);
    }
}
