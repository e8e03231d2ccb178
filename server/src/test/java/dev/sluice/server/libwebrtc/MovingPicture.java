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

    private static final byte GREY = (byte) 128;

    private final CustomVideoSource source = new CustomVideoSource();
    private final ScheduledExecutorService camera =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("moving-picture").factory());
    private final int width;
    private final int height;
    private final Duration interval;
    private int frames;

    /** A small one, for a machine with other things to do. */
    MovingPicture() {
        this(WIDTH, HEIGHT, FRAMES_PER_SECOND);
    }

    MovingPicture(int width, int height, int framesPerSecond) {
        this.width = width;
        this.height = height;
        this.interval = Duration.ofSeconds(1).dividedBy(framesPerSecond);
    }

    /** What a track is made of. */
    CustomVideoSource source() {
        return source;
    }

    /** Starts the frames; never more than the rate, fewer on a busy machine. */
    void start() {
        var _ = camera.scheduleAtFixedRate(this::push, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void push() {
        NativeI420Buffer picture = NativeI420Buffer.allocate(width, height);
        paintStripes(picture, frames++);
        fill(picture.getDataU());
        fill(picture.getDataV());
        VideoFrame frame = new VideoFrame(picture, System.nanoTime());
        source.pushFrame(frame);
        frame.release();
    }

    private void paintStripes(NativeI420Buffer picture, int shift) {
        ByteBuffer luma = picture.getDataY();
        for (int y = 0; y < height; y++) {
            int row = y * picture.getStrideY();
            for (int x = 0; x < width; x++) {
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
