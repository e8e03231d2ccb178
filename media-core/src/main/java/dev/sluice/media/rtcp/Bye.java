package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * BYE, RFC 3550 section 6.6: streams that have ended.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P|    SC   |   PT=BYE=203  |             length            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                           SSRC/CSRC                           |  SC of them
 *   +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 *   |     length    |               reason for leaving              |  optional
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param ssrcs at most 31
 * @param reason at most 255 bytes of UTF-8, empty for none
 */
public record Bye(List<Long> ssrcs, String reason) implements WritableRtcp {

    public Bye {
        ssrcs = List.copyOf(ssrcs);
        RtcpHeader.requireCountable(ssrcs.size(), "SSRCs");
    }

    static @Nullable Bye read(ByteBuf body, int count) {
        if (body.readableBytes() < 4 * count) {
            return null;
        }
        var ssrcs = new ArrayList<Long>(count);
        for (int i = 0; i < count; i++) {
            ssrcs.add(body.readUnsignedInt());
        }
        String reason = body.isReadable() ? RtcpText.read(body) : "";
        return reason == null ? null : new Bye(ssrcs, reason);
    }

    @Override
    public int sizeBytes() {
        int reasonSize = reason.isEmpty() ? 0 : RtcpText.sizeBytes(reason);
        return RtcpHeader.wholeWords(RtcpHeader.SIZE_BYTES + 4 * ssrcs.size() + reasonSize);
    }

    @Override
    public void write(ByteBuf out) {
        int start = RtcpHeader.begin(out, RtcpHeader.BYE, ssrcs.size());
        for (long ssrc : ssrcs) {
            out.writeInt((int) ssrc);
        }
        if (!reason.isEmpty()) {
            RtcpText.write(out, reason);
        }
        RtcpHeader.end(out, start);
    }
}
