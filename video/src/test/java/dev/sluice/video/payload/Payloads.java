package dev.sluice.video.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import java.util.ArrayList;
import java.util.List;

/** Frames to payloads and back, as lists. */
public final class Payloads {

    /**
     * The payloads of one frame or picture.
     *
     * @param timestamp the RTP timestamp that they share
     */
    public record OfFrame(long timestamp, List<ByteBuf> payloads) {}

    private Payloads() {}

    /** The payloads of a recording, frame by frame. */
    public static List<OfFrame> recorded(String fileName) {
        List<OfFrame> frames = new ArrayList<>();
        for (RtpPacket packet : RecordedPackets.of(fileName)) {
            if (frames.isEmpty() || frames.getLast().timestamp() != packet.timestamp()) {
                frames.add(new OfFrame(packet.timestamp(), new ArrayList<>()));
            }
            ByteBuf payload =
                    packet.buffer().slice(packet.payloadIndex(), packet.payloadSizeBytes());
            frames.getLast().payloads().add(payload);
        }
        return frames;
    }

    /** What a packetizer makes of a frame; only the last payload may be told as the last one. */
    public static List<ByteBuf> of(Packetizer packetizer, ByteBuf frame, int maxSizeBytes) {
        return collect(out -> packetizer.packetize(frame, maxSizeBytes, out), maxSizeBytes);
    }

    /** Something that hands payloads to a sink. */
    @FunctionalInterface
    public interface Source {
        void packetize(PayloadSink out);
    }

    /** As {@link #of}, for calls of another form. */
    public static List<ByteBuf> collect(Source source, int maxSizeBytes) {
        List<ByteBuf> payloads = new ArrayList<>();
        List<Boolean> last = new ArrayList<>();
        source.packetize(
                (payload, lastOfFrame) -> {
                    payloads.add(Unpooled.copiedBuffer(payload));
                    last.add(lastOfFrame);
                });
        assertThat(last.indexOf(true)).isEqualTo(payloads.size() - 1);
        assertThat(payloads).allMatch(payload -> payload.readableBytes() <= maxSizeBytes);
        return payloads;
    }

    /** The frame that payloads make; all of them have to be taken. */
    public static ByteBuf join(Depacketizer depacketizer, List<ByteBuf> payloads) {
        ByteBuf frame = Unpooled.buffer();
        depacketizer.reset();
        for (ByteBuf payload : payloads) {
            assertThat(depacketizer.append(payload, frame)).isEqualTo(PayloadStatus.OK);
        }
        return frame;
    }

    /**
     * Gives any payloads to a depacketizer and holds what it may do with them: it appends nothing
     * unless it says OK, and never more than {@code maxGrowthBytes} beyond what it was given.
     */
    public static void feed(Depacketizer depacketizer, List<ByteBuf> payloads, int maxGrowthBytes) {
        ByteBuf frame = Unpooled.buffer();
        int givenBytes = 0;
        for (ByteBuf payload : payloads) {
            String before = ByteBufUtil.hexDump(frame);
            givenBytes += payload.readableBytes() + maxGrowthBytes;
            depacketizer.frameStart(payload);
            PayloadStatus status = depacketizer.append(payload, frame);
            if (status != PayloadStatus.OK) {
                assertThat(ByteBufUtil.hexDump(frame)).isEqualTo(before);
            }
            assertThat(frame.readableBytes()).isLessThanOrEqualTo(givenBytes);
        }
    }
}
