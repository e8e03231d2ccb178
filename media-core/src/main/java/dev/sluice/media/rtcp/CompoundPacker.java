package dev.sluice.media.rtcp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Lays packets out over as few datagrams as their order allows. A packet that is too large for a
 * datagram of its own is divided where its content can be.
 *
 * <p>In compound form (RFC 3550 section 6.1) each datagram begins with an SR or RR - an empty RR
 * where there is none to send - and names its senders by SDES; in reduced-size form (RFC 5506) it
 * has what was asked for and nothing else.
 */
public final class CompoundPacker {

    private final int maxSizeBytes;
    private final @Nullable ReceiverReport emptyReport;
    private final @Nullable SourceDescription names;

    private CompoundPacker(
            int maxSizeBytes,
            @Nullable ReceiverReport emptyReport,
            @Nullable SourceDescription names) {
        this.maxSizeBytes = maxSizeBytes;
        this.emptyReport = emptyReport;
        this.names = names;
    }

    /**
     * @param maxSizeBytes of a datagram; leave room for what SRTCP adds
     */
    public static CompoundPacker reducedSize(int maxSizeBytes) {
        return new CompoundPacker(maxSizeBytes, null, null);
    }

    /**
     * @param maxSizeBytes of a datagram; leave room for what SRTCP adds
     * @param reportSsrc who sends a report where there is nothing to report
     * @param names is in each datagram and must have a CNAME
     */
    public static CompoundPacker compound(
            int maxSizeBytes, long reportSsrc, SourceDescription names) {
        var emptyReport = new ReceiverReport(reportSsrc, List.of());
        if (emptyReport.sizeBytes() + names.sizeBytes() > maxSizeBytes
                || names.chunks().stream().allMatch(chunk -> chunk.cname() == null)) {
            throw new IllegalArgumentException(
                    "%s in %d bytes; expected a CNAME, and room for it behind an empty RR"
                            .formatted(names, maxSizeBytes));
        }
        return new CompoundPacker(maxSizeBytes, emptyReport, names);
    }

    /**
     * The packets of each datagram. Order is kept, but in compound form reports come first, and an
     * SDES that says what each datagram says anyway is left out.
     *
     * @throws IllegalArgumentException when a packet fits no datagram and cannot be divided
     */
    public List<List<WritableRtcp>> pack(List<? extends WritableRtcp> packets) {
        var reports = new ArrayDeque<WritableRtcp>();
        var others = new ArrayDeque<WritableRtcp>();
        for (WritableRtcp packet : packets) {
            if (names != null && isReport(packet)) {
                reports.add(packet);
            } else if (!packet.equals(names)) {
                others.add(packet);
            }
        }
        var datagrams = new ArrayList<List<WritableRtcp>>();
        while (!reports.isEmpty() || !others.isEmpty()) {
            datagrams.add(pack(reports, others));
        }
        return datagrams;
    }

    private List<WritableRtcp> pack(Deque<WritableRtcp> reports, Deque<WritableRtcp> others) {
        if (emptyReport == null || names == null) {
            var datagram = new Datagram(maxSizeBytes);
            datagram.take(others, true);
            return datagram.packets;
        }
        var datagram = new Datagram(maxSizeBytes - names.sizeBytes());
        boolean reportsNothing = reports.isEmpty();
        if (reportsNothing) {
            datagram.add(emptyReport);
        } else {
            datagram.take(reports, true);
        }
        datagram.packets.add(names);
        datagram.take(others, reportsNothing);
        return datagram.packets;
    }

    private static boolean isReport(WritableRtcp packet) {
        return packet instanceof SenderReport || packet instanceof ReceiverReport;
    }

    /** One datagram on the way to be full. */
    private static final class Datagram {

        private final List<WritableRtcp> packets = new ArrayList<>();
        private int room;

        Datagram(int room) {
            this.room = room;
        }

        void add(WritableRtcp packet) {
            packets.add(packet);
            room -= packet.sizeBytes();
        }

        /**
         * Takes packets while they fit.
         *
         * @param divide whether no datagram has more room for the first of them
         */
        void take(Deque<WritableRtcp> queue, boolean divide) {
            boolean first = true;
            for (var next = queue.peek(); next != null; next = queue.peek()) {
                if (next.sizeBytes() <= room) {
                    add(queue.remove());
                } else if (first && divide) {
                    divide(queue);
                    return;
                } else {
                    return;
                }
                first = false;
            }
        }

        private void divide(Deque<WritableRtcp> queue) {
            WritableRtcp whole = queue.remove();
            RtcpSplit split =
                    whole instanceof SplittableRtcp splittable ? splittable.split(room) : null;
            if (split == null) {
                throw new IllegalArgumentException(
                        "%s of %d bytes where %d fit, and it cannot be divided"
                                .formatted(
                                        whole.getClass().getSimpleName(), whole.sizeBytes(), room));
            }
            add(split.head());
            queue.addFirst(split.rest());
        }
    }
}
