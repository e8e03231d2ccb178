package dev.sluice.fuzz;

import static dev.sluice.fuzz.FuzzTarget.hold;

import dev.sluice.media.ice.CandidateTransport;
import dev.sluice.media.ice.IceAgent;
import dev.sluice.media.ice.IceAgentSink;
import dev.sluice.media.ice.IceCandidate;
import dev.sluice.media.ice.IceCredentials;
import dev.sluice.media.ice.IceRole;
import dev.sluice.media.ice.IceState;
import dev.sluice.media.ice.LocalCandidate;
import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.stun.StunClass;
import dev.sluice.media.stun.StunError;
import dev.sluice.media.stun.StunIntegrity;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.stun.StunWriter;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A full ICE agent under what a peer that knows the password, the network and the clock do to it:
 * each pair of bytes is a deed and its details. Time must always move on.
 */
final class IceAgentTarget implements IceAgentSink {

    private static final long SECOND = 1_000_000_000L;

    /** Each candidate pair may fall due once at the same time, and a check of each. */
    private static final int MAX_CALLS_AT_ONE_TIME = 1000;

    private static final int MAX_KEPT_REQUESTS = 16;
    private static final int MAX_DEEDS = 2000;
    private static final List<StunError> ERRORS = List.of(StunError.values());
    private static final InetSocketAddress OWN = new InetSocketAddress("192.0.2.1", 5000);

    private record Sent(byte[] transactionId, NetworkPath path) {}

    private final Random random = new Random(1);
    private final Deque<Sent> requests = new ArrayDeque<>();
    private final StunMessage message = new StunMessage();
    private final IceAgent agent;
    private IceCredentials remote = IceCredentials.random(random);
    private long nowNanos = SECOND;
    private int connections;

    private IceAgentTarget(IceRole role) {
        IceCredentials local = IceCredentials.random(random);
        agent = new IceAgent(role, local, UnpooledByteBufAllocator.DEFAULT, random);
        agent.addLocalCandidate(LocalCandidate.host(0, OWN, 100));
        agent.addLocalCandidate(LocalCandidate.host(1, OWN, 50));
        agent.addLocalCandidate(LocalCandidate.tcpHost(CandidateTransport.TCP_ACTIVE, OWN, 1));
        agent.addLocalCandidate(LocalCandidate.tcpHost(CandidateTransport.TCP_PASSIVE, OWN, 2));
    }

    static void run(byte[] input) {
        if (input.length == 0) {
            return;
        }
        IceRole role = input[0] < 0 ? IceRole.CONTROLLED : IceRole.CONTROLLING;
        IceAgentTarget target = new IceAgentTarget(role);
        for (int i = 1; i + 1 < Math.min(input.length, 2 * MAX_DEEDS); i += 2) {
            target.act(input[i] & 0x0F, input[i] >> 4 & 0x0F, input[i + 1] & 0xFF);
            target.catchUp();
        }
    }

    private void act(int deed, int flags, int detail) {
        switch (deed) {
            case 0, 1, 2 -> agent.onRemoteCredentials(remote, deed == 2, nowNanos, this);
            case 3 -> nowNanos += detail * SECOND / 50;
            case 4 -> nowNanos += detail * SECOND;
            case 5 -> toNextDeadline();
            case 6 -> restart();
            case 7, 8 -> addCandidate(deed == 8, detail);
            case 9 -> agent.onEndOfCandidates();
            case 10, 11 -> check(flags, detail);
            case 12, 13 -> answer(flags, detail);
            case 14 -> connection(flags, detail);
            default -> raw(flags, detail);
        }
    }

    private void toNextDeadline() {
        if (agent.nextDeadlineNanos() != Deadline.NEVER) {
            nowNanos = Math.max(nowNanos, agent.nextDeadlineNanos());
        }
    }

    /** As a loop does that calls whoever is due. */
    private void catchUp() {
        int calls = 0;
        while (Deadline.isDue(agent.nextDeadlineNanos(), nowNanos)) {
            agent.onDeadline(nowNanos, this);
            hold(++calls < MAX_CALLS_AT_ONE_TIME, "time moves on");
        }
    }

    private void restart() {
        remote = IceCredentials.random(random);
        agent.restart(IceCredentials.random(random), nowNanos, this);
    }

    private void addCandidate(boolean isTcp, int detail) {
        String line =
                "%d 1 %s %d 198.51.100.%d %d typ host%s"
                        .formatted(
                                detail % 5,
                                isTcp ? "tcp" : "udp",
                                1000 + 7 * detail,
                                detail % 8,
                                1000 + detail,
                                isTcp ? " tcptype passive" : "");
        IceCandidate candidate = IceCandidate.parse("candidate:" + line);
        if (candidate != null) {
            agent.addRemoteCandidate(candidate);
        }
    }

    private static NetworkPath path(int socket, int detail) {
        String address = "198.51.100." + detail % 8;
        return new NetworkPath(socket, new InetSocketAddress(address, 1000 + detail));
    }

    private void check(int flags, int detail) {
        IceCredentials local = agent.localCredentials();
        ByteBuf out = Unpooled.buffer();
        StunWriter writer =
                begin(out, StunClass.REQUEST, new byte[StunMessage.TRANSACTION_ID_SIZE_BYTES]);
        writer.username(local.ufrag() + ":" + remote.ufrag()).priority(detail);
        long tieBreaker = (long) detail << 56;
        if ((flags & 1) == 0) {
            writer.iceControlling(tieBreaker);
        } else {
            writer.iceControlled(tieBreaker);
        }
        if ((flags & 2) != 0) {
            writer.useCandidate();
        }
        writer.messageIntegrity(StunIntegrity.ofPassword(local.password())).fingerprint();
        deliver(out, path(flags >> 2 & 1, detail));
    }

    private static StunWriter begin(ByteBuf out, StunClass type, byte[] transactionId) {
        return StunWriter.begin(out, type, StunMessage.BINDING, transactionId);
    }

    /** To one of the latest requests, or to none where there were none. */
    private void answer(int flags, int detail) {
        Sent sent = requests.stream().skip(detail % MAX_KEPT_REQUESTS).findFirst().orElse(null);
        if (sent == null) {
            return;
        }
        ByteBuf out = Unpooled.buffer();
        if ((flags & 3) == 0) {
            StunError error = ERRORS.get(detail % ERRORS.size());
            begin(out, StunClass.ERROR_RESPONSE, sent.transactionId())
                    .errorCode(error)
                    .messageIntegrity(StunIntegrity.ofPassword(remote.password()))
                    .fingerprint();
        } else {
            begin(out, StunClass.SUCCESS_RESPONSE, sent.transactionId())
                    .xorMappedAddress(new InetSocketAddress("203.0.113.1", 1 + detail))
                    .messageIntegrity(StunIntegrity.ofPassword(remote.password()))
                    .fingerprint();
        }
        deliver(out, (flags & 4) == 0 ? sent.path() : path(0, detail));
    }

    private void connection(int flags, int detail) {
        NetworkPath peer = path(0, detail);
        NetworkPath connection = NetworkPath.ofConnection(connections, peer.remote());
        switch (flags & 3) {
            case 0, 1 -> {
                connections++;
                agent.onTcpConnected(connection, nowNanos, this);
            }
            case 2 -> agent.onTcpRefused(peer.remote(), nowNanos, this);
            default -> {
                for (int i = 0; i < connections; i++) {
                    agent.onTcpClosed(NetworkPath.ofConnection(i, peer.remote()), nowNanos, this);
                }
            }
        }
    }

    /** A message that is well-formed by chance at most. */
    private void raw(int flags, int detail) {
        byte[] bytes = new byte[20 + flags];
        new Random(detail).nextBytes(bytes);
        deliver(Unpooled.wrappedBuffer(bytes), path(0, detail));
    }

    private void deliver(ByteBuf datagram, NetworkPath path) {
        if (message.wrap(datagram)) {
            agent.onStun(message, path, nowNanos, this);
        }
    }

    @Override
    public void sendStun(ByteBuf sent, NetworkPath path) {
        StunMessage read = new StunMessage();
        hold(read.wrap(sent), "what is sent is well-formed");
        if (read.messageClass() == StunClass.REQUEST) {
            requests.addFirst(new Sent(read.transactionId(), path));
            while (requests.size() > MAX_KEPT_REQUESTS) {
                requests.removeLast();
            }
        }
        sent.release();
    }

    @Override
    public void onState(IceState state) {
        hold(state != IceState.COMPLETED || agent.path() != null, "a path carries data");
    }

    @Override
    public void connect(LocalCandidate from, InetSocketAddress to) {
        hold(from.transport().isTcp(), "connections are of TCP");
    }

    @Override
    public void onPathValidated(NetworkPath path) {
        hold(agent.isValidated(path), "it stands by what it says");
    }

    @Override
    public void onPathRetired(NetworkPath path) {
        hold(!agent.isValidated(path), "it stands by what it says");
    }

    @Override
    public void onPathSelected(NetworkPath path) {
        hold(path.equals(agent.path()), "the selected path is in use");
    }

    @Override
    public void onUfragRetired(String localUfrag) {}

    @Override
    public void onConsentExpired() {
        hold(agent.path() == null, "nothing is sent without consent");
    }
}
