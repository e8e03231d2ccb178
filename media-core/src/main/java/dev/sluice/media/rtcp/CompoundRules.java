package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

/**
 * The validity check for received RTCP, RFC 3550 section 6.1 and appendix A.2.
 *
 * <p>{@link RtcpReader} asks for less: it takes reduced-size packets, and padding anywhere, because
 * libwebrtc pads transport feedback in the middle of a compound.
 */
public final class CompoundRules {

    private CompoundRules() {}

    /** Checks the readable bytes; of several rules broken, the first in the datagram is told. */
    public static CompoundStatus check(ByteBuf datagram) {
        int end = datagram.writerIndex();
        int at = datagram.readerIndex();
        boolean startsWithReport = isReport(datagram, at, end);
        boolean padded = false;
        boolean paddedBeforeLast = false;
        boolean named = false;
        do {
            int size = RtcpHeader.packetSizeBytes(datagram, at, end);
            if (size < 0) {
                return CompoundStatus.BROKEN;
            }
            paddedBeforeLast |= padded;
            padded = (datagram.getByte(at) & RtcpHeader.PADDING_BIT) != 0;
            named |= hasCname(datagram, at, size);
            at += size;
        } while (at < end);
        return status(startsWithReport, paddedBeforeLast, named);
    }

    private static CompoundStatus status(boolean startsWithReport, boolean padded, boolean named) {
        if (padded) {
            return CompoundStatus.PADDING_BEFORE_LAST;
        }
        if (!startsWithReport) {
            return CompoundStatus.NO_REPORT_FIRST;
        }
        return named ? CompoundStatus.COMPOUND : CompoundStatus.NO_CNAME;
    }

    private static boolean isReport(ByteBuf datagram, int at, int end) {
        int type =
                end - at < RtcpHeader.SIZE_BYTES
                        ? 0
                        : datagram.getUnsignedByte(at + RtcpHeader.TYPE_OFFSET);
        return type == RtcpHeader.SENDER_REPORT || type == RtcpHeader.RECEIVER_REPORT;
    }

    private static boolean hasCname(ByteBuf datagram, int at, int size) {
        if (datagram.getUnsignedByte(at + RtcpHeader.TYPE_OFFSET)
                != RtcpHeader.SOURCE_DESCRIPTION) {
            return false;
        }
        var description =
                SourceDescription.read(
                        datagram.slice(at + RtcpHeader.SIZE_BYTES, size - RtcpHeader.SIZE_BYTES),
                        datagram.getByte(at) & RtcpHeader.COUNT_MASK);
        return description != null
                && description.chunks().stream().anyMatch(chunk -> chunk.cname() != null);
    }
}
