package dev.sluice.server.session;

import dev.sluice.media.rtp.AbsSendTime;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.rtp.RtpPadding;
import dev.sluice.media.rtp.TransportSequence;
import dev.sluice.srtp.context.SrtpSender;
import dev.sluice.srtp.context.SrtpStatus;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/** The last steps of a packet that leaves: stamp what is known only now, protect, transmit. */
final class EgressPath {

    /** The transport-wide number of a packet that has none. */
    static final int NOT_STAMPED = -1;

    private static final int PADDING_BIT = 0x20;
    private static final int SEQUENCE_OFFSET = 2;
    private static final int SSRC_OFFSET = 8;

    private final LoopCounters counters;
    private final RtpPacket packet = new RtpPacket();
    private @Nullable SrtpSender srtp;
    private int nextTransportSequence;

    /** What the last prepared packet carries. */
    private int transportSequence = NOT_STAMPED;

    private long ssrc;
    private int sequenceNumber;

    EgressPath(LoopCounters counters) {
        this.counters = counters;
    }

    /** Protects packets by this from now on, and closes it at the end. */
    void onKeys(SrtpSender sender) {
        release();
        srtp = sender;
    }

    /** Forgets the keys: nothing leaves any more. */
    void release() {
        if (srtp != null) {
            srtp.close();
            srtp = null;
        }
    }

    /**
     * Stamps and protects an RTP packet in place; releases it and says false when it cannot leave.
     *
     * @param paddingBytes to be added, 0 to 255
     */
    boolean prepareRtp(ByteBuf buffer, PacketLayout layout, int paddingBytes, long nowNanos) {
        if (srtp == null) {
            return dropUnconnected(buffer);
        }
        if (layout.isKnown()) {
            stampInPlace(buffer, layout, nowNanos);
            padPlain(buffer, paddingBytes);
        } else {
            stampByReading(buffer, layout.extensions(), paddingBytes, nowNanos);
        }
        ssrc = buffer.getUnsignedInt(buffer.readerIndex() + SSRC_OFFSET);
        sequenceNumber = buffer.getUnsignedShort(buffer.readerIndex() + SEQUENCE_OFFSET);
        int sizeBytes = buffer.readableBytes();
        if (!isProtected(srtp.protectRtp(buffer), buffer)) {
            return false;
        }
        count(sizeBytes);
        return true;
    }

    private void stampInPlace(ByteBuf buffer, PacketLayout layout, long nowNanos) {
        transportSequence = NOT_STAMPED;
        int start = buffer.readerIndex();
        if (layout.sequenceAt() >= 0) {
            buffer.setShort(start + layout.sequenceAt(), takeTransportSequence());
        }
        if (layout.sendTimeAt() >= 0) {
            buffer.setMedium(start + layout.sendTimeAt(), AbsSendTime.fromNanos(nowNanos));
        }
    }

    /** Gives padding to a packet that has none. */
    private void padPlain(ByteBuf buffer, int paddingBytes) {
        if (paddingBytes > 0) {
            int start = buffer.readerIndex();
            buffer.setByte(start, buffer.getByte(start) | PADDING_BIT);
            RtpPadding.write(buffer, paddingBytes);
            counters.equalizingBytesOut.add(paddingBytes);
        }
    }

    private void stampByReading(
            ByteBuf buffer, HeaderExtensionMap extensions, int paddingBytes, long nowNanos) {
        if (!packet.wrap(buffer)) {
            buffer.release();
            throw new IllegalArgumentException("Not an RTP packet that this server has written");
        }
        stamp(extensions, nowNanos);
        pad(paddingBytes);
        packet.clear();
    }

    /** Lets a datagram leave again, byte for byte; releases it and says false when it cannot. */
    boolean prepareAgain(ByteBuf sealed) {
        if (srtp == null) {
            return dropUnconnected(sealed);
        }
        count(sealed.readableBytes() - srtp.rtpOverheadBytes());
        return true;
    }

    /** Protects an RTCP compound in place; releases it and says false when it cannot leave. */
    boolean prepareRtcp(ByteBuf compound) {
        if (srtp == null) {
            return dropUnconnected(compound);
        }
        return isProtected(srtp.protectRtcp(compound), compound);
    }

    private boolean dropUnconnected(ByteBuf buffer) {
        counters.dropped(DropReason.NOT_CONNECTED).increment();
        buffer.release();
        return false;
    }

    private void stamp(HeaderExtensionMap extensions, long nowNanos) {
        transportSequence = NOT_STAMPED;
        int sequenceId = extensions.id(HeaderExtension.TRANSPORT_WIDE_CC);
        if (sequenceId != HeaderExtensionMap.ABSENT
                && TransportSequence.overwrite(packet, sequenceId, nextTransportSequence)) {
            takeTransportSequence();
        }
        int sendTimeId = extensions.id(HeaderExtension.ABS_SEND_TIME);
        if (sendTimeId != HeaderExtensionMap.ABSENT) {
            AbsSendTime.overwrite(packet, sendTimeId, nowNanos);
        }
    }

    private int takeTransportSequence() {
        transportSequence = nextTransportSequence;
        nextTransportSequence = (nextTransportSequence + 1) & 0xFFFF;
        return transportSequence;
    }

    private void pad(int paddingBytes) {
        if (paddingBytes > 0
                && RtpPadding.replace(packet, packet.paddingSizeBytes() + paddingBytes)) {
            counters.equalizingBytesOut.add(paddingBytes);
        }
    }

    /** The transport-wide number of the last prepared packet, or {@link #NOT_STAMPED}. */
    int transportSequence() {
        return transportSequence;
    }

    /** The SSRC of the last prepared packet. */
    long ssrc() {
        return ssrc;
    }

    /** The RTP sequence number of the last prepared packet. */
    int sequenceNumber() {
        return sequenceNumber;
    }

    private boolean isProtected(SrtpStatus status, ByteBuf buffer) {
        if (status == SrtpStatus.OK) {
            return true;
        }
        counters.srtpFailure(status).increment();
        buffer.release();
        return false;
    }

    private void count(int sizeBytes) {
        counters.rtpPacketsOut.increment();
        counters.rtpBytesOut.add(sizeBytes);
    }
}
