package dev.sluice.server.libwebrtc;

import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A camera that sees diagonal stripes move: each frame differs from the one before. */
final class MovingPicture implements AutoCloseable {

    static final int FRAMES_PER_SECOND = 20;
    static final int WIDTH = 320;
    static final int HEIGHT = 240;

    private static final Duration INTERVAL = Duration.ofSeconds(1).dividedBy(FRAMES_PER_SECOND);
    private static final byte GREY = (byte) 128;

    private final CustomVideoSource source = new CustomVideoSource();
    private final ScheduledExecutorService camera =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("moving-picture").factory());
    private int frames;

    /** What a track is made of. */
    CustomVideoSource source() {
        return source;
    }

    /** Starts the frames; never more than {@link #FRAMES_PER_SECOND}, fewer on a busy machine. */
    void start() {
        var _ =
                camera.scheduleWithFixedDelay(
                        this::push, 0, INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void push() {
        NativeI420Buffer picture = NativeI420Buffer.allocate(WIDTH, HEIGHT);
        paintStripes(picture, frames++);
        fill(picture.getDataU());
        fill(picture.getDataV());
        VideoFrame frame = new VideoFrame(picture, System.nanoTime());
        source.pushFrame(frame);
        frame.release();
    }

    private static void paintStripes(NativeI420Buffer picture, int shift) {
        ByteBuffer luma = picture.getDataY();
        for (int y = 0; y < HEIGHT; y++) {
            int row = y * picture.getStrideY();
            for (int x = 0; x < WIDTH; x++) {
                luma.put(row + x, (byte) ((x + y + 4 * shift) * 2));
            }
        }
    }

    private static void fill(ByteBuffer chroma) {
        for (int i = 0; i < chroma.limit(); i++) {
            chroma.put(i, GREY);
        }
    }

    @Override
    public void close() {
        camera.close();
        source.dispose();
    }
}
