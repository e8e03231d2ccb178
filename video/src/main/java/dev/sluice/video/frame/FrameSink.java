package dev.sluice.video.frame;

/** Takes what a {@link FrameAssembler} finds, in the order of the sequence numbers. */
public interface FrameSink {

    /**
     * The next frame.
     *
     * @param frame its data is borrowed until this call returns
     */
    void onFrame(AssembledFrame frame);

    /** Packets are given up between the frame before and the next one. */
    void onGap(FrameGap gap);
}
