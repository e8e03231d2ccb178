package dev.sluice.media.fec;

import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Recovers lost packets from repair packets and the media that came (RFC 5109 section 9.2, RFC 8627
 * section 6.4). A repair packet that misses more than one packet waits for others, in a bounded
 * number of places; what is recovered may help the next one.
 *
 * <p>What comes out is checked: its size is within the protected bytes, everything behind it has
 * cancelled out, and its header is well-formed. Allocates nothing per packet once its places are
 * there.
 */
public final class FecReceiver {

    /** Repair packets that may wait; then the oldest goes. */
    static final int MAX_PENDING = 32;

    /** After so many packets of the stream a repair comes too late for any viewer. */
    static final int MAX_AGE_PACKETS = 512;

    /** Remembers which packets are not the bytes that were protected; a power of two. */
    private static final int REMEMBERED_CHANGES = 512;

    private static final int MIN_PLACES = 4;

    private static final int NONE = -1;
    private static final long NO_PACKET = -1;

    private final MutableExtensions stamped;
    private final ByteBufAllocator allocator;
    private PendingRepair[] places = new PendingRepair[0];
    private final XorBlock block = new XorBlock();
    private final RtpPacket present = new RtpPacket();
    private final long[] changed = new long[REMEMBERED_CHANGES];
    private final long[][] sources = new long[RtpPacket.MAX_CSRCS + 1][];
    private @Nullable ByteBuf recovered;
    private long arrivals;
    private int pending;
    private long recoveredPackets;

    /**
     * @param extensions of the media section, to know what the publisher stamps after the
     *     protection
     */
    public FecReceiver(HeaderExtensionMap extensions, ByteBufAllocator allocator) {
        this.stamped = new MutableExtensions(extensions);
        this.allocator = allocator;
        Arrays.fill(changed, NO_PACKET);
        Arrays.setAll(sources, long[]::new);
    }

    /**
     * Takes in a repair packet, in the clear and with its padding read; one of {@link
     * FecFormat#ULPFEC} without its RED.
     */
    public FecStatus onRepairPacket(
            FecFormat format, RtpPacket repair, MediaPackets media, RecoveredPackets out) {
        PendingRepair place = freePlace();
        if (!place.read(
                format,
                repair.buffer(),
                repair.payloadIndex(),
                repair.payloadSizeBytes(),
                sources(format, repair),
                arrivals++)) {
            return FecStatus.MALFORMED;
        }
        if (place.header().isRetransmission()) {
            return onRetransmission(place, media, out);
        }
        pending++;
        if (!settle(place, media, out)) {
            return FecStatus.WAITING;
        }
        settleOthers(media, out);
        return FecStatus.DONE;
    }

    /**
     * Takes note of a media packet that came: it may be the last but one that a repair packet waits
     * for. Not for what {@link RecoveredPackets} gets.
     *
     * @param isChanged whether its bytes may differ from those that were protected, as those of a
     *     retransmission with its other extensions
     */
    public void onMediaPacket(
            long ssrc,
            int sequenceNumber,
            boolean isChanged,
            MediaPackets media,
            RecoveredPackets out) {
        if (isChanged) {
            changed[sequenceNumber & (REMEMBERED_CHANGES - 1)] = key(ssrc, sequenceNumber);
        }
        if (pending == 0) {
            return;
        }
        boolean progress = false;
        for (PendingRepair place : places) {
            if (place.isInUse()) {
                if (place.header().age(ssrc, sequenceNumber) > MAX_AGE_PACKETS) {
                    free(place);
                } else if (place.header().protects(ssrc, sequenceNumber)) {
                    progress |= settle(place, media, out);
                }
            }
        }
        if (progress) {
            settleOthers(media, out);
        }
    }

    /** Repair packets that wait. */
    public int pending() {
        return pending;
    }

    /** Packets that were recovered so far. */
    public long recoveredPackets() {
        return recoveredPackets;
    }

    /** Lets go of its buffer; nothing is recovered any more. */
    public void release() {
        for (PendingRepair place : places) {
            if (place.isInUse()) {
                free(place);
            }
        }
        if (recovered != null) {
            recovered.release();
            recovered = null;
        }
    }

    private FecStatus onRetransmission(
            PendingRepair place, MediaPackets media, RecoveredPackets out) {
        place.free();
        FecHeader header = place.header();
        ByteBuf packet = emptyPacket();
        packet.writeBytes(place.payload(), header.dataIndex(), header.dataSizeBytes());
        if (!present.wrap(packet)) {
            return FecStatus.MALFORMED;
        }
        boolean isMissing = media.packet(present.ssrc(), present.sequenceNumber()) == null;
        present.clear();
        if (isMissing) {
            recoveredPackets++;
            out.onRecovered(packet);
            settleOthers(media, out);
        }
        return FecStatus.DONE;
    }

    private void settleOthers(MediaPackets media, RecoveredPackets out) {
        boolean progress = true;
        while (progress && pending > 0) {
            progress = false;
            for (PendingRepair place : places) {
                if (place.isInUse()) {
                    progress |= settle(place, media, out);
                }
            }
        }
    }

    /** Recovers the one packet that is missing; true when the place is free again. */
    private boolean settle(PendingRepair place, MediaPackets media, RecoveredPackets out) {
        FecHeader header = place.header();
        int missing = NONE;
        boolean isUsable = true;
        for (int i = 0; i < header.packetCount(); i++) {
            if (media.packet(header.ssrc(i), header.sequenceNumber(i)) == null) {
                if (missing != NONE) {
                    return false;
                }
                missing = i;
            } else {
                isUsable &= !isChanged(header.ssrc(i), header.sequenceNumber(i));
            }
        }
        free(place);
        if (missing != NONE && isUsable) {
            recover(place, missing, media, out);
        }
        return true;
    }

    private void recover(
            PendingRepair place, int missing, MediaPackets media, RecoveredPackets out) {
        FecHeader header = place.header();
        block.clear();
        block.add(header, place.payload());
        for (int i = 0; i < header.packetCount(); i++) {
            ByteBuf packet =
                    i == missing ? null : media.packet(header.ssrc(i), header.sequenceNumber(i));
            if (packet != null && present.wrap(packet) && XorBlock.fits(present)) {
                block.add(present, stamped);
            }
        }
        ByteBuf packet = emptyPacket();
        boolean isWhole =
                block.length() <= header.dataSizeBytes()
                        && block.writePacket(
                                packet, header.ssrc(missing), header.sequenceNumber(missing))
                        && present.wrap(packet);
        present.clear();
        if (isWhole) {
            recoveredPackets++;
            out.onRecovered(packet);
        }
    }

    private ByteBuf emptyPacket() {
        ByteBuf packet = recovered;
        if (packet == null) {
            packet = allocator.directBuffer(XorBlock.MAX_PACKET_SIZE_BYTES);
            recovered = packet;
        }
        return packet.clear();
    }

    /** A free place, or that of the oldest repair packet. */
    private PendingRepair freePlace() {
        if (pending == places.length && places.length < MAX_PENDING) {
            addPlaces();
        }
        PendingRepair oldest = places[0];
        for (PendingRepair place : places) {
            if (!place.isInUse()) {
                return place;
            }
            if (place.number() < oldest.number()) {
                oldest = place;
            }
        }
        free(oldest);
        return oldest;
    }

    /** Few streams ever need many. */
    private void addPlaces() {
        int before = places.length;
        places = Arrays.copyOf(places, Math.max(MIN_PLACES, 2 * before));
        for (int i = before; i < places.length; i++) {
            places[i] = new PendingRepair();
        }
    }

    private void free(PendingRepair place) {
        place.free();
        pending--;
    }

    private boolean isChanged(long ssrc, int sequenceNumber) {
        return changed[sequenceNumber & (REMEMBERED_CHANGES - 1)] == key(ssrc, sequenceNumber);
    }

    private static long key(long ssrc, int sequenceNumber) {
        return (ssrc << Short.SIZE) | sequenceNumber;
    }

    /** The streams that the packet's header tells: its own with ULPFEC, else its CSRCs. */
    private long[] sources(FecFormat format, RtpPacket repair) {
        int count = format == FecFormat.ULPFEC ? 1 : repair.csrcCount();
        long[] told = sources[count];
        for (int i = 0; i < count; i++) {
            told[i] = format == FecFormat.ULPFEC ? repair.ssrc() : repair.csrc(i);
        }
        return told;
    }
}
