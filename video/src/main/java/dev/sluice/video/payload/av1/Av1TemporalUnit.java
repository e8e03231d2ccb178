package dev.sluice.video.payload.av1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The OBUs of a temporal unit in the form that they have in RTP: without sizes, temporal delimiters
 * and tile lists ("RTP Payload Format For AV1" sections 4.5 and 5).
 */
final class Av1TemporalUnit {

    /** The {@link Obu#layer} of a unit without an extension. */
    static final int NO_LAYER = -1;

    /** show_existing_frame, frame_type and show_frame, AV1 specification section 5.9.2. */
    private static final int FRAME_START_MASK = 0xf0;

    /** A shown key frame: 0, 00, 1. */
    private static final int SHOWN_KEY_FRAME = 0x10;

    /**
     * A unit.
     *
     * @param index where it begins in {@link #bytes}
     * @param sizeBytes its length
     * @param layer its temporal and spatial layer as one number, or {@link #NO_LAYER}
     * @param type one of {@link Av1ObuType}
     */
    record Obu(int index, int sizeBytes, int layer, int type) {}

    private final Av1ObuHeader header = new Av1ObuHeader();
    private final ByteBuf bytes = Unpooled.buffer();
    private final List<Obu> obus = new ArrayList<>();
    private @Nullable Av1SequenceHeader sequence;
    private boolean frameSeen;
    private boolean startsSequence;

    /**
     * Takes the readable bytes of a unit apart, as the low-overhead bitstream format has them (AV1
     * specification section 5.2).
     *
     * @return false if they are not of the format, or nothing of them is sent
     */
    boolean read(ByteBuf unit) {
        bytes.clear();
        obus.clear();
        sequence = null;
        frameSeen = false;
        startsSequence = false;
        int index = unit.readerIndex();
        while (index < unit.writerIndex()) {
            if (!header.wrap(unit, index, unit.writerIndex())) {
                return false;
            }
            if (!Av1ObuType.isNotSent(header.type())) {
                add(unit);
            }
            index = header.end();
        }
        return !obus.isEmpty();
    }

    /** The units one after the other. */
    ByteBuf bytes() {
        return bytes;
    }

    /** The units in order. */
    List<Obu> obus() {
        return obus;
    }

    /**
     * Whether a coded video sequence starts here: with a sequence header, and a shown key frame as
     * the first frame (AV1 specification section 7.5).
     */
    boolean startsCodedVideoSequence() {
        return startsSequence;
    }

    private void add(ByteBuf unit) {
        int layer =
                header.hasExtension() ? header.temporalId() << 2 | header.spatialId() : NO_LAYER;
        int sizeBytes = header.sizelessBytes() + header.payloadSizeBytes();
        obus.add(new Obu(bytes.writerIndex(), sizeBytes, layer, header.type()));
        header.writeWithoutSize(bytes);
        bytes.writeBytes(unit, header.payloadIndex(), header.payloadSizeBytes());
        lookForSequence(unit);
    }

    private void lookForSequence(ByteBuf unit) {
        if (header.type() == Av1ObuType.SEQUENCE_HEADER) {
            sequence =
                    Av1SequenceHeader.read(unit, header.payloadIndex(), header.payloadSizeBytes());
        } else if (Av1ObuType.beginsFrame(header.type()) && !frameSeen) {
            frameSeen = true;
            startsSequence = sequence != null && (isStill(sequence) || isShownKeyFrame(unit));
        }
    }

    private static boolean isStill(Av1SequenceHeader sequence) {
        return sequence.reducedStillPictureHeader();
    }

    private boolean isShownKeyFrame(ByteBuf unit) {
        return header.payloadSizeBytes() > 0
                && (unit.getByte(header.payloadIndex()) & FRAME_START_MASK) == SHOWN_KEY_FRAME;
    }
}
