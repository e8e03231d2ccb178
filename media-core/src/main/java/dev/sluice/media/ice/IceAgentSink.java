package dev.sluice.media.ice;

import java.net.InetSocketAddress;

/** Where an {@link IceAgent} puts what follows from a message or a deadline. */
public interface IceAgentSink extends IceSink {

    /** How far the agent has come, when that has changed. */
    void onState(IceState state);

    /**
     * Open a TCP connection; what became of it is told by {@link IceAgent#onTcpConnected} or {@link
     * IceAgent#onTcpRefused}.
     */
    void connect(LocalCandidate from, InetSocketAddress to);
}
