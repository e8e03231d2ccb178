package dev.sluice.fuzz;

import static dev.sluice.fuzz.FuzzTarget.hold;

import dev.sluice.media.fec.RedPayload;
import dev.sluice.media.payload.OpusPacket;
import dev.sluice.media.payload.OpusStatus;

import io.netty.buffer.Unpooled;

import java.util.Map;

/** The RTP payload formats of audio. */
final class AudioTargets {

    private static final int MAX_OPUS_TICKS = 5760;

    private AudioTargets() {}

    static Map<String, FuzzTarget> all() {
        return Map.of("opus-packet", AudioTargets::opus, "red", AudioTargets::red);
    }

    private static void opus(byte[] input) {
        OpusPacket packet = new OpusPacket();
        if (packet.wrap(Unpooled.wrappedBuffer(input), 0, input.length) != OpusStatus.OK) {
            return;
        }
        hold(packet.durationTicks() > 0 && packet.durationTicks() <= MAX_OPUS_TICKS, "120 ms");
        for (int i = 0; i < packet.frameCount(); i++) {
            int end = packet.frameIndex(i) + packet.frameSizeBytes(i);
            hold(end <= input.length, "each frame stays inside");
        }
        packet.hasInBandFec();
    }

    private static void red(byte[] input) {
        RedPayload red = new RedPayload();
        if (!red.wrap(Unpooled.wrappedBuffer(input), 0, input.length)) {
            return;
        }
        hold(red.blockCount() > 0, "there is a primary block");
        for (int i = 0; i < red.blockCount(); i++) {
            hold(red.index(i) + red.sizeBytes(i) <= input.length, "each block stays inside");
        }
    }
}
