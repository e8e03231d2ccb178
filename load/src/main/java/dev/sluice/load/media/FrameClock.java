package dev.sluice.load.media;

import dev.sluice.media.time.Deadline;

import java.util.function.IntSupplier;

/** When the frames of a stream are due, of what kind and how large. */
public final class FrameClock {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /**
     * A frame that is due.
     *
     * @param ticks of the media clock since the start
     */
    public record Frame(long ticks, boolean isKeyFrame, int sizeBytes) {}

    /** How large a frame is. */
    @FunctionalInterface
    public interface Sizes {

        int next(boolean isKeyFrame);
    }

    private final int clockRateHz;
    private final int framesPerSecond;
    private final KeyFrameSchedule keyFrames;
    private final Sizes sizes;
    private long startNanos;
    private long nextNanos = Deadline.NEVER;
    private long frames;
    private long keyFrameCount;

    public FrameClock(
            int clockRateHz, int framesPerSecond, KeyFrameSchedule keyFrames, Sizes sizes) {
        this.clockRateHz = clockRateHz;
        this.framesPerSecond = framesPerSecond;
        this.keyFrames = keyFrames;
        this.sizes = sizes;
    }

    /** Packets of audio: each stands for itself and none is a key frame. */
    public static FrameClock ofAudio(int clockRateHz, int packetsPerSecond, IntSupplier sizes) {
        return new FrameClock(
                clockRateHz,
                packetsPerSecond,
                new KeyFrameSchedule(Long.MAX_VALUE),
                _ -> sizes.getAsInt());
    }

    /** From one frame to the next. */
    long periodNanos() {
        return NANOS_PER_SECOND / framesPerSecond;
    }

    void start(long nowNanos) {
        startNanos = nowNanos;
        nextNanos = nowNanos;
    }

    void stop() {
        nextNanos = Deadline.NEVER;
    }

    long nextNanos() {
        return nextNanos;
    }

    Frame take() {
        boolean isKeyFrame = keyFrames.takes(nextNanos);
        Frame frame =
                new Frame(
                        frames * clockRateHz / framesPerSecond, isKeyFrame, sizes.next(isKeyFrame));
        frames++;
        keyFrameCount += isKeyFrame ? 1 : 0;
        nextNanos = startNanos + frames * NANOS_PER_SECOND / framesPerSecond;
        return frame;
    }

    long ticksAt(long nowNanos) {
        double seconds = (double) (nowNanos - startNanos) / NANOS_PER_SECOND;
        return (long) (seconds * clockRateHz);
    }

    KeyFrameSchedule keyFrames() {
        return keyFrames;
    }

    /** Frames made so far. */
    public long frames() {
        return frames;
    }

    /** Key frames among them. */
    public long keyFrameCount() {
        return keyFrameCount;
    }
}
