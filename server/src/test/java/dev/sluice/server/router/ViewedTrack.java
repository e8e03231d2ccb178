package dev.sluice.server.router;

import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.seq.SequenceUnwrapper;
import dev.sluice.media.time.NtpTime;

import io.netty.buffer.ByteBufUtil;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a viewer has got of one media SSRC, and what is missing. */
final class ViewedTrack {

    /**
     * A packet as it was received first.
     *
     * @param repaired whether it came by RTX
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Seen(long timestamp, boolean marker, byte[] payload, boolean repaired, long atNanos) {}

    /** A sender report and when it came. */
    record Told(SenderReport report, long atNanos) {}

    private final int payloadType;
    private final long ssrc;
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private final NavigableMap<Long, Seen> packets = new TreeMap<>();
    private final List<Told> reports = new ArrayList<>();
    private int repeated;

    ViewedTrack(int payloadType, long ssrc) {
        this.payloadType = payloadType;
        this.ssrc = ssrc;
    }

    int payloadType() {
        return payloadType;
    }

    long ssrc() {
        return ssrc;
    }

    /** By extended sequence number. */
    NavigableMap<Long, Seen> packets() {
        return packets;
    }

    List<Told> reports() {
        return reports;
    }

    /** Packets that came although they had come before. */
    int repeated() {
        return repeated;
    }

    void onPacket(RtpPacket packet, long nowNanos) {
        byte[] payload =
                ByteBufUtil.getBytes(
                        packet.buffer(), packet.payloadIndex(), packet.payloadSizeBytes());
        keep(packet.sequenceNumber(), packet, payload, false, nowNanos);
    }

    void onRepair(RtpPacket packet, long nowNanos) {
        int original = packet.buffer().getUnsignedShort(packet.payloadIndex());
        byte[] payload =
                ByteBufUtil.getBytes(
                        packet.buffer(), packet.payloadIndex() + 2, packet.payloadSizeBytes() - 2);
        keep(original, packet, payload, true, nowNanos);
    }

    private void keep(
            int sequence, RtpPacket packet, byte[] payload, boolean repaired, long nowNanos) {
        var seen = new Seen(packet.timestamp(), packet.marker(), payload, repaired, nowNanos);
        Seen first = packets.putIfAbsent(unwrapper.unwrap(sequence), seen);
        if (first != null) {
            repeated++;
            if (!isCopy(first, seen)) {
                throw new AssertionError("another packet came as number " + sequence);
            }
        }
    }

    private static boolean isCopy(Seen first, Seen second) {
        return first.timestamp == second.timestamp
                && first.marker == second.marker
                && Arrays.equals(first.payload, second.payload);
    }

    /** The numbers between the first and the last packet that have not come, 16 bits each. */
    List<Integer> missing() {
        List<Integer> missing = new ArrayList<>();
        if (!packets.isEmpty()) {
            for (long i = packets.firstKey(); i < packets.lastKey(); i++) {
                if (!packets.containsKey(i)) {
                    missing.add((int) (i & 0xFFFF));
                }
            }
        }
        return missing;
    }

    void onReport(SenderReport report, long nowNanos) {
        reports.add(new Told(report, nowNanos));
    }

    @Nullable ReportBlock reportBlock(long nowNanos) {
        if (packets.isEmpty()) {
            return null;
        }
        Told last = reports.isEmpty() ? null : reports.getLast();
        return new ReportBlock(
                ssrc,
                0,
                0,
                packets.lastKey() & 0xFFFF,
                0,
                last == null ? 0 : NtpTime.compact(last.report().ntpTime()),
                last == null ? 0 : NtpTime.nanosToCompact(nowNanos - last.atNanos()));
    }
}
