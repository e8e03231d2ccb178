package dev.sluice.media.fec;

import dev.sluice.media.rtp.AbsSendTime;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.RtpHeaderWriter;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.rtp.TransportSequence;

import io.netty.buffer.ByteBuf;

import java.util.ArrayDeque;

/**
 * The repair packets of one viewer's video: whole RTP packets with room for what is stamped as they
 * leave. FlexFEC goes in a stream of its own; ULPFEC goes inside RED in the media's stream and
 * takes sequence numbers of it.
 *
 * <p>With ULPFEC each media packet must have been sent inside RED, too: the RED payload type in the
 * header, and one byte with the media's payload type before the payload ({@link
 * RedWriter#primaryHead}).
 */
public final class FecSender {

    /** Where repair packets go. */
    public interface Output {

        /** A buffer for a packet of this size, with room behind it for what SRTP appends. */
        ByteBuf allocate(int sizeBytes);

        /** The media stream's next sequence number, 16 bits, used up by this; for ULPFEC only. */
        int takeSequenceNumber();

        /** A repair packet is to be sent after the media packet; takes the buffer. */
        void onRepairPacket(ByteBuf packet);
    }

    /** More repair packets than a picture has any use for. */
    private static final int MAX_HELD = 32;

    private static final int SEQUENCE_OFFSET = 2;

    /** RTP header with both stamped extensions. */
    private static final int MAX_HEADER_SIZE_BYTES = 40;

    private final FecFormat format;
    private final FecGenerator generator;
    private final HeaderExtensionMap extensions;
    private final int payloadType;
    private final int innerPayloadType;
    private final long ssrc;
    private final long mediaSsrc;
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>();
    private final RtpHeaderWriter writer = new RtpHeaderWriter();
    private int nextSequence;

    private FecSender(
            FecFormat format,
            int payloadType,
            int innerPayloadType,
            long ssrc,
            long mediaSsrc,
            int firstSequenceNumber,
            HeaderExtensionMap extensions) {
        this.format = format;
        this.payloadType = payloadType;
        this.innerPayloadType = innerPayloadType;
        this.ssrc = ssrc;
        this.mediaSsrc = mediaSsrc;
        this.nextSequence = firstSequenceNumber & 0xFFFF;
        this.extensions = extensions;
        this.generator = new FecGenerator(format, mediaSsrc, extensions);
    }

    /**
     * FlexFEC.
     *
     * @param format {@link FecFormat#FLEXFEC} or {@link FecFormat#FLEXFEC_03}
     * @param ssrc of the repair stream
     * @param firstSequenceNumber to be chosen at random (RFC 3550 section 5.1)
     * @param extensions of the viewer's media section
     */
    public static FecSender flexFec(
            FecFormat format,
            int payloadType,
            long ssrc,
            long mediaSsrc,
            int firstSequenceNumber,
            HeaderExtensionMap extensions) {
        if (format == FecFormat.ULPFEC) {
            throw new IllegalArgumentException("ULPFEC is not a format of FlexFEC");
        }
        return new FecSender(
                format, payloadType, -1, ssrc, mediaSsrc, firstSequenceNumber, extensions);
    }

    /** ULPFEC inside RED. */
    public static FecSender ulpFec(
            int redPayloadType,
            int ulpfecPayloadType,
            long mediaSsrc,
            HeaderExtensionMap extensions) {
        return new FecSender(
                FecFormat.ULPFEC,
                redPayloadType,
                ulpfecPayloadType,
                mediaSsrc,
                mediaSsrc,
                0,
                extensions);
    }

    /** What the next group of packets is protected with; {@link Protection#NONE} at first. */
    public void protection(Protection protection) {
        generator.protection(protection);
    }

    public Protection protection() {
        return generator.protection();
    }

    /**
     * Takes in a media packet that is sent for the first time, as it goes on the wire but before it
     * is stamped and sealed, and hands over the repair packets that are due after it.
     */
    public void onSent(RtpPacket packet, Output out) {
        int due = generator.onPacket(packet);
        for (int repair = 0; repair < due; repair++) {
            ByteBuf made = write(repair, packet.timestamp(), out);
            if (format == FecFormat.ULPFEC) {
                hold(made);
            } else {
                out.onRepairPacket(made);
            }
        }
        if (packet.marker()) {
            flush(out);
        }
    }

    /**
     * What takes a number of the media's stream must not stand in the midst of a picture: receivers
     * put a picture together of packets whose numbers follow each other.
     */
    private void hold(ByteBuf repair) {
        if (held.size() == MAX_HELD) {
            held.removeFirst().release();
        }
        held.addLast(repair);
    }

    private void flush(Output out) {
        for (ByteBuf repair = held.pollFirst(); repair != null; repair = held.pollFirst()) {
            repair.setShort(repair.readerIndex() + SEQUENCE_OFFSET, out.takeSequenceNumber());
            out.onRepairPacket(repair);
        }
    }

    /** Lets go of what waits for the end of a picture. */
    public void release() {
        held.forEach(repair -> repair.release());
        held.clear();
    }

    private ByteBuf write(int repair, long timestamp, Output out) {
        int payloadSize = generator.payloadSizeBytes(repair);
        ByteBuf packet = out.allocate(MAX_HEADER_SIZE_BYTES + payloadSize);
        writer.begin(packet, payloadType, false, takeSequence(), timestamp, ssrc);
        if (format == FecFormat.FLEXFEC) {
            writer.csrc(mediaSsrc);
        }
        reserve(HeaderExtension.ABS_SEND_TIME, AbsSendTime.SIZE_BYTES);
        reserve(HeaderExtension.TRANSPORT_WIDE_CC, TransportSequence.SIZE_BYTES);
        writer.end();
        if (format == FecFormat.ULPFEC) {
            RedWriter.primaryHead(packet, innerPayloadType);
        }
        generator.writePayload(repair, packet);
        return packet;
    }

    /** Of the repair stream; ULPFEC gets its number when it leaves. */
    private int takeSequence() {
        int sequence = nextSequence;
        nextSequence = (nextSequence + 1) & 0xFFFF;
        return sequence;
    }

    private void reserve(HeaderExtension extension, int sizeBytes) {
        int id = extensions.id(extension);
        if (id != HeaderExtensionMap.ABSENT) {
            writer.element(id, sizeBytes, 0);
        }
    }
}
