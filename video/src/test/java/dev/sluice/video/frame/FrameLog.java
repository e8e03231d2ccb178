package dev.sluice.video.frame;

import io.netty.buffer.ByteBufUtil;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Keeps what an assembler says, with the data in hexadecimal digits. */
final class FrameLog implements FrameSink {

    /** A frame or a gap, in the order in which they came. */
    sealed interface Event permits Frame, Gap {}

    record Frame(AssembledFrame frame, String data) implements Event {}

    record Gap(FrameGap gap) implements Event {}

    private final List<Event> events = new ArrayList<>();

    @Override
    public void onFrame(AssembledFrame frame) {
        byte[] data = ByteBufUtil.getBytes(frame.data()); // leak detection slows single bytes
        events.add(new Frame(frame, ByteBufUtil.hexDump(data)));
    }

    @Override
    public void onGap(FrameGap gap) {
        events.add(new Gap(gap));
    }

    List<Event> events() {
        return events;
    }

    List<AssembledFrame> frames() {
        return events.stream()
                .filter(Frame.class::isInstance)
                .map(event -> ((Frame) event).frame())
                .toList();
    }

    List<String> data() {
        return events.stream()
                .filter(Frame.class::isInstance)
                .map(event -> ((Frame) event).data())
                .toList();
    }

    List<FrameGap> gaps() {
        return events.stream()
                .filter(Gap.class::isInstance)
                .map(event -> ((Gap) event).gap())
                .toList();
    }

    static List<Long> numbers(List<SequenceRange> ranges) {
        return ranges.stream()
                .flatMapToLong(range -> LongStream.rangeClosed(range.first(), range.last()))
                .boxed()
                .toList();
    }
}
