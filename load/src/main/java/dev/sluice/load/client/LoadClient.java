package dev.sluice.load.client;

import dev.sluice.media.ice.IceCandidate;
import dev.sluice.media.rtcp.RtcpDatagrams;
import dev.sluice.media.rtcp.RtcpPacket;
import dev.sluice.media.rtcp.RtcpReader;
import dev.sluice.media.rtcp.WritableRtcp;
import dev.sluice.media.rtp.DatagramKind;
import dev.sluice.media.sdp.AnswerResult;
import dev.sluice.media.sdp.AppliedAnswer;
import dev.sluice.media.sdp.MediaDescription;
import dev.sluice.media.sdp.NegotiatedSession;
import dev.sluice.media.sdp.Negotiation;
import dev.sluice.media.sdp.OfferPolicy;
import dev.sluice.media.sdp.SdpParseException;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.media.sdp.Transceiver;
import dev.sluice.media.time.Deadline;
import dev.sluice.srtp.context.SrtpReceiver;
import dev.sluice.srtp.context.SrtpSender;
import dev.sluice.srtp.context.SrtpStatus;
import dev.sluice.srtp.keys.KeyingMaterial;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One peer of the server with its own socket: what publishers and viewers have in common. All
 * methods but {@link #joined} belong to the loop of its socket.
 */
public abstract sealed class LoadClient implements ClientTransport.Owner
        permits PublishingClient, WatchingClient {

    private static final long POSITIVE = Long.MAX_VALUE >> 1;

    private final ClientWorld world;
    private final ClientTransport transport;
    private final CompletableFuture<Long> joined = new CompletableFuture<>();
    private final SessionDescription offer;
    private ClientState state = ClientState.NEW;
    private @Nullable SrtpSender sender;
    private @Nullable SrtpReceiver receiver;
    private @Nullable RtcpDatagrams rtcp;
    private @Nullable ClientFailure failure;

    /**
     * @param localAddress what the server can reach the socket by
     * @param sections what is offered
     */
    LoadClient(
            ClientWorld world,
            ClientWire wire,
            InetSocketAddress localAddress,
            List<Transceiver> sections) {
        this.world = world;
        this.transport = new ClientTransport(world, wire, this, localAddress);
        this.offer = Negotiation.begin().createOffer(policy(), sections);
    }

    private OfferPolicy policy() {
        String candidate = transport.localCandidate().toAttribute();
        return new OfferPolicy(
                1 + (world.secureRandom().nextLong() & POSITIVE),
                transport.localCredentials().ufrag(),
                transport.localCredentials().password(),
                List.of(candidate.substring(candidate.indexOf(':') + 1)),
                true,
                false,
                List.of(world.identity().fingerprint().toSdp()));
    }

    /** What to send to the server by HTTP. */
    public String offer() {
        return offer.write();
    }

    /**
     * When the client had joined, in monotonic nanoseconds; or a {@link ClientFailure}. May be used
     * by any thread.
     */
    public CompletableFuture<Long> joined() {
        return joined;
    }

    public ClientState state() {
        boolean handshakes = state == ClientState.CHECKING && transport.isHandshaking();
        return handshakes ? ClientState.HANDSHAKING : state;
    }

    /** Why the client failed, also after it had joined; null where it did not. */
    public @Nullable ClientFailure failure() {
        return failure;
    }

    /** The server has answered. */
    public void onAnswer(String sdp, long nowNanos) {
        try {
            SessionDescription answer = SessionDescription.parse(sdp);
            switch (AppliedAnswer.of(offer, answer)) {
                case AnswerResult.Refused(String why) -> onFailed(FailureReason.SDP, why);
                case AnswerResult.Applied applied -> onApplied(applied, answer, nowNanos);
            }
        } catch (SdpParseException | IllegalArgumentException e) {
            onFailed(FailureReason.SDP, String.valueOf(e.getMessage()));
        }
    }

    private void onApplied(AnswerResult.Applied applied, SessionDescription answer, long nowNanos) {
        NegotiatedSession session = applied.session();
        rtcp =
                new RtcpDatagrams(
                        world.allocator(), session.reducedSizeRtcp(), reportSsrc(), cname());
        state = ClientState.CHECKING;
        onAgreed(session);
        transport.onAnswer(applied, candidates(answer), nowNanos);
    }

    private static List<IceCandidate> candidates(SessionDescription answer) {
        return answer.media().stream()
                .map(MediaDescription::candidates)
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** Handles a datagram; borrowed. */
    public void onDatagram(ByteBuf datagram, InetSocketAddress from, long nowNanos) {
        switch (DatagramKind.of(datagram)) {
            case RTP -> onRtp(datagram, nowNanos);
            case RTCP -> onRtcp(datagram, nowNanos);
            case STUN -> transport.onStun(datagram, from, nowNanos);
            case DTLS -> transport.onDtls(datagram, nowNanos);
            case UNKNOWN -> {}
        }
    }

    private void onRtcp(ByteBuf datagram, long nowNanos) {
        if (receiver != null && receiver.unprotectRtcp(datagram) == SrtpStatus.OK) {
            RtcpReader.read(datagram, packet -> onRtcpPacket(packet, nowNanos));
        }
    }

    /** Called at {@link #nextDeadlineNanos} or later. */
    public void onDeadline(long nowNanos) {
        transport.onDeadline(nowNanos);
        if (state == ClientState.CONNECTED) {
            onMediaDeadline(nowNanos);
        }
    }

    public long nextDeadlineNanos() {
        long media = state == ClientState.CONNECTED ? nextMediaDeadlineNanos() : Deadline.NEVER;
        return Math.min(transport.nextDeadlineNanos(), media);
    }

    @Override
    public void onKeys(KeyingMaterial keys, long nowNanos) {
        if (state != ClientState.CHECKING) {
            return;
        }
        sender = new SrtpSender(keys.local());
        receiver = new SrtpReceiver(keys.remote());
        state = ClientState.CONNECTED;
        onConnected(nowNanos);
    }

    @Override
    public void onFailed(FailureReason reason, String detail) {
        if (state != ClientState.CLOSED && state != ClientState.FAILED) {
            state = ClientState.FAILED;
            failure = new ClientFailure(reason, detail);
            joined.completeExceptionally(failure);
        }
    }

    /** Leaves: goodbye by DTLS, and nothing after that. */
    public void close(long nowNanos) {
        if (state != ClientState.FAILED) {
            state = ClientState.CLOSED;
        }
        transport.close(nowNanos);
        release();
    }

    final void onJoined(long nowNanos) {
        joined.complete(nowNanos);
    }

    final ClientWorld world() {
        return world;
    }

    final @Nullable SrtpReceiver receiver() {
        return receiver;
    }

    /** Protects and sends a packet; takes the buffer over. */
    final void sendRtp(ByteBuf packet) {
        if (sender != null && sender.protectRtp(packet) == SrtpStatus.OK) {
            transport.send(packet);
        } else {
            packet.release();
        }
    }

    final void sendRtcp(List<? extends WritableRtcp> packets) {
        if (rtcp != null) {
            rtcp.write(packets, this::protectAndSend);
        }
    }

    private void protectAndSend(ByteBuf datagram) {
        if (sender != null && sender.protectRtcp(datagram) == SrtpStatus.OK) {
            transport.send(datagram);
        } else {
            datagram.release();
        }
    }

    /** Who sends RTCP that is of no stream of ours. */
    abstract long reportSsrc();

    abstract String cname();

    /** Offer and answer agree on this. */
    abstract void onAgreed(NegotiatedSession session);

    abstract void onConnected(long nowNanos);

    /** An SRTP packet; borrowed, encrypted. */
    abstract void onRtp(ByteBuf datagram, long nowNanos);

    abstract void onRtcpPacket(RtcpPacket packet, long nowNanos);

    abstract void onMediaDeadline(long nowNanos);

    abstract long nextMediaDeadlineNanos();

    /** Lets go of all buffers. */
    abstract void release();
}
