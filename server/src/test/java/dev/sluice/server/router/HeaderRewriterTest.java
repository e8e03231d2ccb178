package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.ExtensionElement;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.RtpHeaderWriter;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.video.rewrite.PacketNumbers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Map;

class HeaderRewriterTest {

    private static final byte[] PAYLOAD = {9, 8, 7, 6, 5};

    private static final HeaderExtensionMap PUBLISHER =
            HeaderExtensionMap.of(
                    Map.of(
                            HeaderExtension.AUDIO_LEVEL, 1,
                            HeaderExtension.VIDEO_ORIENTATION, 2,
                            HeaderExtension.MID, 3));

    private static final HeaderExtensionMap VIEWER =
            HeaderExtensionMap.of(
                    Map.of(
                            HeaderExtension.AUDIO_LEVEL, 7,
                            HeaderExtension.MID, 8,
                            HeaderExtension.ABS_SEND_TIME, 9,
                            HeaderExtension.TRANSPORT_WIDE_CC, 10));

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final RtpPacket result = new RtpPacket();
    private ByteBuf out = Unpooled.EMPTY_BUFFER;

    @AfterEach
    void releasesWhatItAllocated() {
        out.release();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    private HeaderRewriter rewriter(HeaderExtensionMap extensions) {
        return new HeaderRewriter(extensions, "video0", allocator);
    }

    private void rewrite(HeaderRewriter rewriter, ByteBuf original) {
        var packet = new RtpPacket();
        assertThat(packet.wrap(original)).isTrue();
        out.release();
        var numbers = PacketNumbers.of(65_535, 0xFFFF_FFFEL, packet.marker());
        var media = new MediaPacket();
        media.header(packet, PUBLISHER);
        out = rewriter.rewrite(media, numbers, 100, 0x8000_0001L);
        assertThat(result.wrap(out)).isTrue();
    }

    private static ByteBuf published() {
        ByteBuf buffer = Unpooled.buffer();
        var writer = new RtpHeaderWriter();
        writer.begin(buffer, 96, true, 17, 1_000, 0x1234);
        writer.csrc(0xFFFF_0001L);
        writer.element(1, 1, 0x85);
        writer.element(2, 1, 0x03);
        writer.element(3, new byte[] {'p'});
        writer.end();
        return buffer.writeBytes(PAYLOAD);
    }

    @Test
    void givesTheViewersNumbersToTheSamePayload() {
        rewrite(rewriter(VIEWER), published());
        assertThat(result.payloadType()).isEqualTo(100);
        assertThat(result.sequenceNumber()).isEqualTo(65_535);
        assertThat(result.timestamp()).isEqualTo(0xFFFF_FFFEL);
        assertThat(result.ssrc()).isEqualTo(0x8000_0001L);
        assertThat(result.marker()).isTrue();
        assertThat(result.csrcCount()).isEqualTo(1);
        assertThat(result.csrc(0)).isEqualTo(0xFFFF_0001L);
        assertThat(payload()).isEqualTo(PAYLOAD);
    }

    @Test
    void carriesWhatBothKnowUnderTheViewersId() {
        rewrite(rewriter(VIEWER), published());
        assertThat(ExtensionElement.unsigned(result, 7, 1)).isEqualTo(0x85);
        assertThat(ExtensionElement.index(result, 2)).isNegative();
    }

    @Test
    void leavesRoomForWhatIsStampedWhenThePacketLeaves() {
        rewrite(rewriter(VIEWER), published());
        assertThat(ExtensionElement.sizeBytes(result, 9)).isEqualTo(3);
        assertThat(ExtensionElement.sizeBytes(result, 10)).isEqualTo(2);
        assertThat(out.writableBytes()).isGreaterThanOrEqualTo(16);
    }

    @Test
    void saysTheViewersMidUntilItReportsTheStream() {
        HeaderRewriter rewriter = rewriter(VIEWER);
        rewrite(rewriter, published());
        assertThat(ExtensionElement.text(result, 8)).isEqualTo("video0");
        rewriter.onReceptionConfirmed();
        rewrite(rewriter, published());
        assertThat(ExtensionElement.index(result, 8)).isNegative();
    }

    @Test
    void writesNoExtensionForAViewerThatKnowsNone() {
        rewrite(rewriter(HeaderExtensionMap.EMPTY), published());
        assertThat(result.hasExtension()).isFalse();
        assertThat(payload()).isEqualTo(PAYLOAD);
    }

    @Test
    void dropsThePaddingOfThePublisher() {
        ByteBuf padded = Unpooled.buffer();
        new RtpHeaderWriter().begin(padded, 96, false, 1, 2, 3);
        padded.setByte(0, padded.getByte(0) | 0x20);
        padded.writeBytes(PAYLOAD).writeZero(3).writeByte(4);
        rewrite(rewriter(VIEWER), padded);
        assertThat(result.hasPadding()).isFalse();
        assertThat(payload()).isEqualTo(PAYLOAD);
    }

    private byte[] payload() {
        return ByteBufUtil.getBytes(out, result.payloadIndex(), result.payloadSizeBytes());
    }
}
