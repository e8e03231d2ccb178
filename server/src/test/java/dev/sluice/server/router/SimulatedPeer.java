package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.ice.IceCredentials;
import dev.sluice.media.rtcp.CompoundRules;
import dev.sluice.media.rtcp.RtcpPacket;
import dev.sluice.media.rtcp.RtcpReader;
import dev.sluice.media.rtcp.RtcpStatus;
import dev.sluice.media.rtcp.RtcpWriter;
import dev.sluice.media.rtcp.WritableRtcp;
import dev.sluice.media.rtp.DatagramKind;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.MediaDescription;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.media.stun.StunClass;
import dev.sluice.media.stun.StunIntegrity;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.stun.StunWriter;
import dev.sluice.media.time.Deadline;
import dev.sluice.srtp.context.SrtpReceiver;
import dev.sluice.srtp.context.SrtpSender;
import dev.sluice.srtp.context.SrtpStatus;
import dev.sluice.srtp.keys.DtlsFingerprint;
import dev.sluice.srtp.keys.KeyingMaterial;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The client's side of a transport: a full, controlling ICE agent with one path, SRTP, RTCP. DTLS
 * is run by the world, as it has a thread. The subclasses say what the media is.
 */
abstract class SimulatedPeer {

    /** RFC 7675 section 5.1; also how often a check is repeated before it is answered. */
    private static final long CONSENT_NANOS = 5_000_000_000L;

    private static final long CHECK_NANOS = 500_000_000L;
    private static final int MTU_BYTES = 1_200;

    /** Takes the datagrams that leave. */
    @FunctionalInterface
    interface Wire {

        void send(InetSocketAddress from, ByteBuf datagram);
    }

    protected final Random random;
    private final StunMessage stun = new StunMessage();
    private final RtpPacket packet = new RtpPacket();
    private final List<RtcpPacket> rtcp = new ArrayList<>();
    private InetSocketAddress address;
    private IceCredentials local;
    private @Nullable IceCredentials remote;
    private @Nullable SrtpSender sender;
    private @Nullable SrtpReceiver receiver;
    private String sessionId = "";
    private String etag = "";
    private boolean answered;
    private boolean closed;
    private long nextCheckNanos = Deadline.NEVER;
    private int undecipherable;
    private int reducedSizeDatagrams;
    private String setup = "actpass";
    private @Nullable DtlsFingerprint serverFingerprint;

    SimulatedPeer(long seed, InetSocketAddress address) {
        this.random = new Random(seed);
        this.address = address;
        this.local = IceCredentials.random(random);
    }

    abstract SessionDescription offer(String fingerprint);

    abstract void onAnswer(SessionDescription answer);

    abstract void onMedia(RtpPacket packet, long nowNanos, Wire out);

    abstract void onFeedback(RtcpPacket packet, long nowNanos, Wire out);

    /** What the application does when its time has come. */
    abstract void onMediaDeadline(long nowNanos, Wire out);

    abstract long nextMediaDeadlineNanos();

    IceCredentials localCredentials() {
        return local;
    }

    InetSocketAddress address() {
        return address;
    }

    String sessionId() {
        return sessionId;
    }

    String etag() {
        return etag;
    }

    void onAccepted(OfferOutcome.Accepted accepted) {
        sessionId = accepted.sessionId();
        etag = accepted.etag();
        SessionDescription answer = OfferText.parse(accepted.answerSdp());
        MediaDescription first = answer.media().getFirst();
        remote =
                new IceCredentials(
                        first.attributes().first("ice-ufrag").orElseThrow(),
                        first.attributes().first("ice-pwd").orElseThrow());
        serverFingerprint =
                DtlsFingerprint.parse(first.attributes().first("fingerprint").orElseThrow());
        assertThat(first.attributes().first("setup"))
                .contains(isDtlsServer() ? "active" : "passive");
        onAnswer(answer);
    }

    /** Offers {@code a=setup:passive}. */
    void insistOnDtlsServer() {
        setup = "passive";
    }

    boolean isDtlsServer() {
        return setup.equals("passive");
    }

    String setup() {
        return setup;
    }

    DtlsFingerprint serverFingerprint() {
        return java.util.Objects.requireNonNull(serverFingerprint, "no answer yet");
    }

    /** Checks the path at once, and goes on to renew consent. */
    void startChecks(long nowNanos) {
        answered = false;
        nextCheckNanos = nowNanos;
    }

    void stopChecks() {
        nextCheckNanos = Deadline.NEVER;
    }

    /** From now on the peer is somewhere else and has other credentials. */
    void restart(IceCredentials newLocal, IceCredentials newRemote, String newEtag) {
        local = newLocal;
        remote = newRemote;
        etag = newEtag;
    }

    void moveTo(InetSocketAddress elsewhere) {
        address = elsewhere;
    }

    /** Whether the last check was answered. */
    boolean isNominated() {
        return answered;
    }

    void onKeys(KeyingMaterial keys) {
        sender = new SrtpSender(keys.local());
        receiver = new SrtpReceiver(keys.remote());
    }

    boolean isConnected() {
        return sender != null;
    }

    void onClosed() {
        closed = true;
    }

    /** Whether the server has said close_notify. */
    boolean isClosed() {
        return closed;
    }

    List<RtcpPacket> rtcp() {
        return rtcp;
    }

    <T extends RtcpPacket> List<T> rtcp(Class<T> type) {
        return rtcp.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Packets that came and could not be opened; copies that the network made among them. */
    int undecipherable() {
        return undecipherable;
    }

    /** RTCP datagrams that came and are not compounds by the rules of RFC 3550. */
    int reducedSizeDatagrams() {
        return reducedSizeDatagrams;
    }

    void onDeadline(long nowNanos, Wire out) {
        if (Deadline.isDue(nextCheckNanos, nowNanos)) {
            nextCheckNanos = nowNanos + (answered ? CONSENT_NANOS : CHECK_NANOS);
            out.send(address, check(true));
        }
        if (isConnected() && Deadline.isDue(nextMediaDeadlineNanos(), nowNanos)) {
            onMediaDeadline(nowNanos, out);
        }
    }

    long nextDeadlineNanos() {
        long media = isConnected() ? nextMediaDeadlineNanos() : Deadline.NEVER;
        return Math.min(nextCheckNanos, media);
    }

    /** A binding request as a browser sends it. */
    ByteBuf check(boolean nominates) {
        IceCredentials server = remoteCredentials();
        byte[] transactionId = new byte[StunMessage.TRANSACTION_ID_SIZE_BYTES];
        random.nextBytes(transactionId);
        ByteBuf request = Unpooled.buffer();
        StunWriter writer =
                StunWriter.begin(request, StunClass.REQUEST, StunMessage.BINDING, transactionId)
                        .username(server.ufrag() + ":" + local.ufrag())
                        .priority(1_853_824_767L)
                        .iceControlling(7);
        if (nominates) {
            writer.useCandidate();
        }
        writer.messageIntegrity(StunIntegrity.ofPassword(server.password())).fingerprint();
        return request;
    }

    IceCredentials remoteCredentials() {
        return java.util.Objects.requireNonNull(remote, "no answer yet");
    }

    void onDatagram(ByteBuf datagram, long nowNanos, Wire out) {
        switch (DatagramKind.of(datagram)) {
            case STUN -> onStun(datagram, nowNanos);
            case RTP -> onRtp(datagram, nowNanos, out);
            case RTCP -> onRtcp(datagram, nowNanos, out);
            default -> throw new AssertionError("The server sent what is neither STUN nor SRTP");
        }
    }

    private void onStun(ByteBuf datagram, long nowNanos) {
        if (!stun.wrap(datagram)
                || stun.messageClass() != StunClass.SUCCESS_RESPONSE
                || !stun.verifyIntegrity(
                        StunIntegrity.ofPassword(remoteCredentials().password()))) {
            throw new AssertionError("Not an authentic answer to a check");
        }
        if (!answered) {
            answered = true;
            nextCheckNanos = nowNanos + CONSENT_NANOS;
        }
    }

    private void onRtp(ByteBuf datagram, long nowNanos, Wire out) {
        if (receiver != null
                && packet.wrapHeader(datagram)
                && receiver.unprotectRtp(packet) == SrtpStatus.OK
                && packet.wrap(datagram)) {
            onMedia(packet, nowNanos, out);
        } else {
            undecipherable++;
        }
        packet.clear();
    }

    private void onRtcp(ByteBuf datagram, long nowNanos, Wire out) {
        if (receiver == null || receiver.unprotectRtcp(datagram) != SrtpStatus.OK) {
            undecipherable++;
            return;
        }
        if (!CompoundRules.check(datagram).isCompound()) {
            reducedSizeDatagrams++;
        }
        RtcpStatus status =
                RtcpReader.read(
                        datagram,
                        one -> {
                            rtcp.add(one);
                            onFeedback(one, nowNanos, out);
                        });
        if (status != RtcpStatus.OK) {
            throw new AssertionError("The server sent malformed RTCP");
        }
    }

    /** Protects in place and sends; the buffer stays as it was sent. */
    void sendRtp(ByteBuf rtp, Wire out) {
        SrtpStatus status = senderOrThrow().protectRtp(rtp);
        if (status != SrtpStatus.OK) {
            throw new AssertionError("protectRtp: " + status);
        }
        out.send(address, rtp);
    }

    void sendRtcp(List<? extends WritableRtcp> packets, Wire out) {
        ByteBuf compound = Unpooled.buffer();
        RtcpWriter writer = new RtcpWriter(compound, MTU_BYTES);
        packets.forEach(writer::append);
        senderOrThrow().protectRtcp(compound);
        out.send(address, compound);
    }

    private SrtpSender senderOrThrow() {
        return java.util.Objects.requireNonNull(sender, "not connected yet");
    }
}
