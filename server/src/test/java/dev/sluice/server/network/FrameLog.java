package dev.sluice.server.network;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** The pictures that a viewer was shown, and when. Times are in milliseconds of the wall clock. */
final class FrameLog {

    /**
     * @param atMillis when it was shown
     * @param height in pixels; tells the layer
     */
    record Frame(double atMillis, int height) {}

    private final List<Frame> frames = new ArrayList<>();

    /** Frames are added in the order of their times. */
    synchronized void add(Frame frame) {
        frames.add(frame);
    }

    synchronized int count() {
        return frames.size();
    }

    private synchronized List<Frame> between(double fromMillis, double toMillis) {
        return frames.stream()
                .filter(frame -> frame.atMillis >= fromMillis && frame.atMillis < toMillis)
                .toList();
    }

    /** All heights shown in that time. */
    Set<Integer> heights(double fromMillis, double toMillis) {
        Set<Integer> heights = new TreeSet<>();
        between(fromMillis, toMillis).forEach(frame -> heights.add(frame.height));
        return heights;
    }

    /** The share of that time in which the picture on the screen had this height. */
    double shareOf(int height, double fromMillis, double toMillis) {
        double millis = 0;
        double sinceMillis = fromMillis;
        boolean hasHeight = lastBefore(fromMillis) == height;
        for (Frame frame : between(fromMillis, toMillis)) {
            millis += hasHeight ? frame.atMillis - sinceMillis : 0;
            sinceMillis = frame.atMillis;
            hasHeight = frame.height == height;
        }
        millis += hasHeight ? toMillis - sinceMillis : 0;
        return millis / (toMillis - fromMillis);
    }

    private int lastBefore(double atMillis) {
        return between(0, atMillis).stream().reduce((_, last) -> last).map(Frame::height).orElse(0);
    }

    /** When the first picture with this height was shown from then on. */
    OptionalDouble firstOf(int height, double fromMillis) {
        return between(fromMillis, Double.MAX_VALUE).stream()
                .filter(frame -> frame.height == height)
                .mapToDouble(Frame::atMillis)
                .findFirst();
    }

    /**
     * The longest time in which nothing new was shown, the ends of the period counting as shown.
     */
    double longestGapMillis(double fromMillis, double toMillis) {
        double longest = 0;
        double last = fromMillis;
        for (Frame frame : between(fromMillis, toMillis)) {
            longest = Math.max(longest, frame.atMillis - last);
            last = frame.atMillis;
        }
        return Math.max(longest, toMillis - last);
    }

    /** How many gaps of that time are longer than the bound. */
    int gapsOver(double boundMillis, double fromMillis, double toMillis) {
        int gaps = 0;
        double last = fromMillis;
        for (Frame frame : between(fromMillis, toMillis)) {
            gaps += frame.atMillis - last > boundMillis ? 1 : 0;
            last = frame.atMillis;
        }
        return toMillis - last > boundMillis ? gaps + 1 : gaps;
    }

    /** Pictures per second of that time. */
    double rate(double fromMillis, double toMillis) {
        return between(fromMillis, toMillis).size() * 1_000 / (toMillis - fromMillis);
    }
}
