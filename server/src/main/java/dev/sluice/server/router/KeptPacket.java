package dev.sluice.server.router;

import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.NegotiatedCodec;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/** A packet that is read again out of the publisher's ring. Reusable. */
final class KeptPacket {

    private final RtpPacket packet = new RtpPacket();

    /** Made when it is needed first: few viewers ask for anything again. */
    private @Nullable MediaPacket media;

    /**
     * Reads a packet of a stream.
     *
     * @param sequence without the wrap
     * @return what was read, good until the next or {@link #clear}; null when it is not there
     */
    @Nullable MediaPacket read(PublishedStream stream, long sequence) {
        ByteBuf buffer = stream.incoming().packet(sequence);
        if (buffer == null || !packet.wrap(buffer)) {
            return null;
        }
        NegotiatedCodec codec = stream.incoming().codec(packet.payloadType());
        if (codec == null) {
            return null;
        }
        MediaPacket read = media == null ? new MediaPacket() : media;
        media = read;
        stream.read(codec, packet, sequence, read);
        return read;
    }

    /** Gives the buffer back, which the ring owns. */
    void clear() {
        packet.clear();
    }
}
