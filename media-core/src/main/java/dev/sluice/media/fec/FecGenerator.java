package dev.sluice.media.fec;

import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.seq.SequenceNumbers;

import io.netty.buffer.ByteBuf;

import java.util.Arrays;

/**
 * Makes repair payloads of one stream as its packets leave, without keeping them: packet i of a
 * group is added to the running exclusive or of row i modulo rows. So a row protects packets that
 * are apart from each other, and a burst that is no longer than the rows are many hits each row
 * once.
 *
 * <p>A group ends when it is full, or with a frame by which all rows are earned by the protection's
 * overhead. Smaller frames wait together, but only a few of them. Then the rows are folded into as
 * many as were earned: row i and row i + n/2 make one, which keeps the distance.
 */
public final class FecGenerator {

    /** What the masks of all formats hold in their middle form. */
    public static final int MAX_GROUP_PACKETS = 46;

    /** Frames that wait together: a later repair would come too late for the first. */
    static final int MAX_GROUP_FRAMES = 4;

    private final FecFormat format;
    private final long mediaSsrc;
    private final MutableExtensions stamped;
    private final XorBlock[] rows = new XorBlock[Protection.MAX_ROWS];
    private final long[] masks = new long[Protection.MAX_ROWS];
    private Protection protection = Protection.NONE;
    private int rowCount;
    private int base;
    private int packets;
    private int frames;

    /** Media packets that no repair packet has been made for. */
    private int earned;

    private int due;

    /**
     * @param extensions of the viewer's media section, to know what is stamped as packets leave
     */
    public FecGenerator(FecFormat format, long mediaSsrc, HeaderExtensionMap extensions) {
        this.format = format;
        this.mediaSsrc = mediaSsrc;
        this.stamped = new MutableExtensions(extensions);
        Arrays.setAll(rows, _ -> new XorBlock());
    }

    /** Holds from the next group on; without protection the current one is dropped. */
    public void protection(Protection protection) {
        this.protection = protection;
        if (!protection.isOn()) {
            begin();
            earned = 0;
        }
    }

    public Protection protection() {
        return protection;
    }

    /**
     * Adds a packet that is sent for the first time, in the clear; its marker says that a frame
     * ends. {@link FecFormat#ULPFEC} protects what is inside of its RED.
     *
     * @return how many repair payloads are due now; they have to be written before the next call
     */
    public int onPacket(RtpPacket packet) {
        if (due > 0 || packets == 0) {
            begin();
        }
        if (!protection.isOn() || !XorBlock.fits(packet) || !add(packet)) {
            return 0;
        }
        earned++;
        packets++;
        if (packet.marker()) {
            frames++;
        }
        int perRepair = protection.packetsPerRepair();
        if (packets >= Math.min(rowCount * perRepair, MAX_GROUP_PACKETS)) {
            return end(rowCount);
        }
        if (!packet.marker()) {
            return 0;
        }
        int repairs = Math.min(rowCount, (earned + perRepair / 2) / perRepair);
        boolean isTime = repairs == rowCount || frames >= MAX_GROUP_FRAMES;
        return isTime ? end(Math.max(1, repairs)) : 0;
    }

    private boolean add(RtpPacket packet) {
        int sequence = packet.sequenceNumber();
        if (packets > 0 && SequenceNumbers.distance(base, sequence) >= MAX_GROUP_PACKETS) {
            begin();
        }
        if (packets == 0) {
            base = sequence;
        }
        int offset = SequenceNumbers.distance(base, sequence);
        int row = offset & (rowCount - 1);
        if (offset < 0 || (masks[row] & bit(offset)) != 0) {
            return false;
        }
        masks[row] |= bit(offset);
        if (format == FecFormat.ULPFEC) {
            rows[row].addInsideRed(packet, stamped);
        } else {
            rows[row].add(packet, stamped);
        }
        return true;
    }

    private static long bit(int offset) {
        return Long.MIN_VALUE >>> offset;
    }

    private void begin() {
        for (int row = 0; row < rowCount; row++) {
            rows[row].clear();
            masks[row] = 0;
        }
        rowCount = protection.rows();
        packets = 0;
        frames = 0;
        due = 0;
    }

    private int end(int repairs) {
        int active = rowCount;
        while (active > repairs) {
            active /= 2;
            for (int row = 0; row < active; row++) {
                fold(row + active, row);
            }
        }
        for (int row = 0; row < active; row++) {
            if (masks[row] != 0) {
                swap(row, due++);
            }
        }
        int limit = protection.packetsPerRepair();
        earned = Math.max(earned - due * limit, -limit);
        return due;
    }

    private void fold(int from, int to) {
        rows[to].add(rows[from]);
        masks[to] |= masks[from];
    }

    private void swap(int a, int b) {
        XorBlock block = rows[a];
        rows[a] = rows[b];
        rows[b] = block;
        long mask = masks[a];
        masks[a] = masks[b];
        masks[b] = mask;
    }

    /** The size of a payload that is due. */
    public int payloadSizeBytes(int repair) {
        int skipped = Long.numberOfLeadingZeros(masks[checked(repair)]);
        return format.headerSizeBytes(masks[repair] << skipped) + rows[repair].sizeBytes();
    }

    /** Appends a payload that is due, counted from 0. */
    public void writePayload(int repair, ByteBuf out) {
        int skipped = Long.numberOfLeadingZeros(masks[checked(repair)]);
        format.write(
                out, rows[repair], mediaSsrc, (base + skipped) & 0xFFFF, masks[repair] << skipped);
    }

    private int checked(int repair) {
        if (repair < 0 || repair >= due) {
            throw new IndexOutOfBoundsException("Repair payload " + repair + " of " + due);
        }
        return repair;
    }
}
