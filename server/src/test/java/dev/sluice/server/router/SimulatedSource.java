package dev.sluice.server.router;

import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.rtp.AbsSendTime;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.RtpHeaderWriter;
import dev.sluice.media.rtp.TransportSequence;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One SSRC of a simulated publisher: makes packets, remembers them, and makes them again. */
final class SimulatedSource {

    /** Close to the end, so that every longer test wraps. */
    private static final int FIRST_SEQUENCE_NUMBER = 65_300;

    /** The least; each second packet has one more, as when a frame is split evenly. */
    private static final int PAYLOAD_BYTES = 300;

    private final RtpHeaderWriter writer = new RtpHeaderWriter();
    private final Random random;
    private final String mid;
    private final int payloadType;
    private final int clockRateHz;
    private final long ssrc;
    private final long firstTimestamp;
    private final List<SentPacket> sent = new ArrayList<>();
    private final Map<Integer, ByteBuf> sealed = new HashMap<>();
    private int repairSequence = 7;

    SimulatedSource(Random random, String mid, int payloadType, int clockRateHz) {
        this.random = random;
        this.mid = mid;
        this.payloadType = payloadType;
        this.clockRateHz = clockRateHz;
        this.ssrc = random.nextInt() & 0xFFFF_FFFFL;
        this.firstTimestamp = random.nextInt() & 0xFFFF_FFFFL;
    }

    long ssrc() {
        return ssrc;
    }

    /** Everything that was made, in order. */
    List<SentPacket> sent() {
        return sent;
    }

    /** The RTP timestamp of an instant, counted from the zero of the monotonic clock. */
    long timestamp(long nowNanos) {
        long ticks = Math.floorDiv(nowNanos, 1_000_000L) * clockRateHz / 1_000;
        return (firstTimestamp + ticks) & 0xFFFF_FFFFL;
    }

    /** The first bytes of the payload are given, the rest is random. */
    SentPacket next(byte[] head, boolean marker, boolean startsKeyFrame, long nowNanos) {
        byte[] payload = new byte[PAYLOAD_BYTES + sent.size() % 2];
        random.nextBytes(payload);
        System.arraycopy(head, 0, payload, 0, head.length);
        int sequence = (FIRST_SEQUENCE_NUMBER + sent.size()) & 0xFFFF;
        var made = new SentPacket(sequence, timestamp(nowNanos), marker, startsKeyFrame, payload);
        sent.add(made);
        return made;
    }

    ByteBuf rtp(SentPacket packet, int transportSequence, long nowNanos) {
        ByteBuf out = Unpooled.buffer(PAYLOAD_BYTES + 100);
        header(
                packet,
                packet.sequenceNumber(),
                payloadType,
                ssrc,
                out,
                transportSequence,
                nowNanos);
        return out.writeBytes(packet.payload());
    }

    private void header(
            SentPacket packet,
            int sequence,
            int type,
            long headerSsrc,
            ByteBuf out,
            int transportSequence,
            long nowNanos) {
        writer.begin(out, type, packet.marker(), sequence, packet.timestamp(), headerSsrc);
        writer.element(
                OfferText.EXTENSIONS.id(HeaderExtension.MID),
                mid.getBytes(StandardCharsets.US_ASCII));
        writer.element(
                OfferText.EXTENSIONS.id(HeaderExtension.ABS_SEND_TIME),
                AbsSendTime.SIZE_BYTES,
                AbsSendTime.fromNanos(nowNanos));
        writer.element(
                OfferText.EXTENSIONS.id(HeaderExtension.TRANSPORT_WIDE_CC),
                TransportSequence.SIZE_BYTES,
                transportSequence & 0xFFFF);
        writer.end();
    }

    /** Remembers the datagram for a plain retransmission, which must be the same bytes. */
    void onSealed(SentPacket packet, ByteBuf datagram) {
        sealed.put(packet.sequenceNumber(), datagram);
    }

    ByteBuf sealed(int sequenceNumber) {
        return java.util.Objects.requireNonNull(sealed.get(sequenceNumber), "never sent");
    }

    /** The packet with a sequence number; asked for one that was sent. */
    SentPacket bySequenceNumber(int sequenceNumber) {
        int index = (sequenceNumber - FIRST_SEQUENCE_NUMBER) & 0xFFFF;
        return sent.get(index);
    }

    /** A retransmission as RFC 4588 section 4 has it. */
    ByteBuf repair(
            SentPacket packet,
            int rtxPayloadType,
            long rtxSsrc,
            int transportSequence,
            long nowNanos) {
        ByteBuf out = Unpooled.buffer(PAYLOAD_BYTES + 100);
        int sequence = repairSequence++ & 0xFFFF;
        header(packet, sequence, rtxPayloadType, rtxSsrc, out, transportSequence, nowNanos);
        return out.writeShort(packet.sequenceNumber()).writeBytes(packet.payload());
    }

    SenderReport report(long ntp, long nowNanos) {
        return new SenderReport(
                ssrc,
                ntp,
                timestamp(nowNanos),
                sent.size(),
                sent.stream().mapToLong(packet -> packet.payload().length).sum(),
                List.of());
    }
}
