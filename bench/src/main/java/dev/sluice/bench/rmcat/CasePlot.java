package dev.sluice.bench.rmcat;

import java.util.List;
import java.util.Locale;

/** A plot as SVG: the capacity and the received rates above, the queuing delay below. */
final class CasePlot {

    private static final int WIDTH = 720;
    private static final int LEFT = 48;
    private static final int RIGHT = 12;
    private static final int RATE_TOP = 34;
    private static final int RATE_HEIGHT = 180;
    private static final int DELAY_TOP = 244;
    private static final int DELAY_HEIGHT = 90;
    private static final int HEIGHT = 364;

    /** Points of a curve, about: enough to see each swing, few enough for a small file. */
    private static final double POINTS = 200;

    /** Told apart in print, by most who see few colours, on white and on black. */
    private static final List<String> COLOURS =
            List.of("#1f78b4", "#e6741a", "#2e9d4f", "#a05cc4", "#c9484b");

    private static final String TCP_COLOUR = "#999999";

    private final StringBuilder out = new StringBuilder();
    private final CaseResult result;
    private final Topology topology;
    private final double seconds;
    private final double stepSeconds;
    private final double mostMegabits;
    private final double mostMillis;

    private CasePlot(CaseResult result) {
        this.result = result;
        topology = result.topology();
        seconds = topology.durationSeconds();
        stepSeconds = Math.ceil(seconds / POINTS * 2) / 2;
        mostMegabits =
                1.15
                        * topology.forward().steps().stream()
                                .mapToLong(Link.Step::rateBps)
                                .max()
                                .orElse(1)
                        / 1e6;
        mostMillis = Math.max(100, longestWait(0, seconds));
    }

    static String of(CaseResult result) {
        return new CasePlot(result).draw();
    }

    private String draw() {
        out.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="11">
                <style>text{fill:#444}.a{stroke:#999;stroke-width:.5;fill:none}.c{stroke:#444;stroke-width:1.5;stroke-dasharray:5 3;fill:none}.q{stroke:#777;stroke-width:1.2;fill:none}\
                .f{stroke-width:1.2;fill:none}@media(prefers-color-scheme:dark){text{fill:#ccc}.c{stroke:#ccc}}</style>
                """
                        .formatted(WIDTH, HEIGHT));
        text(LEFT, 16, "start", result.id() + " " + result.title(), "");
        axes(RATE_TOP, RATE_HEIGHT, mostMegabits, 4, "Mbit/s");
        axes(DELAY_TOP, DELAY_HEIGHT, mostMillis, 2, "ms in the queue");
        timeAxis();
        capacity();
        legend();
        delay();
        int colour = 0;
        for (Trace trace : topology.mediaTraces()) {
            rate(trace, COLOURS.get(colour++ % COLOURS.size()));
        }
        for (Trace trace : topology.tcpTraces()) {
            rate(trace, TCP_COLOUR);
        }
        return out.append("</svg>\n").toString();
    }

    private void axes(int top, int height, double most, int ticks, String unit) {
        out.append(
                "<path class=\"a\" d=\"M%d %dv%dh%d\"/>\n"
                        .formatted(LEFT, top, height, WIDTH - LEFT - RIGHT));
        text(LEFT - 4, top + height, "end", "0", "");
        double tick = tick(most, ticks);
        for (double value = tick; value <= most; value += tick) {
            double y = top + height - height * value / most;
            out.append(
                    String.format(
                            Locale.ROOT,
                            "<path class=\"a\" stroke-opacity=\".4\" d=\"M%d %.1fh%d\"/>%n",
                            LEFT,
                            y,
                            WIDTH - LEFT - RIGHT));
            text(LEFT - 4, y + 4, "end", trimmed(value), "");
        }
        text(4, top - 8, "start", unit, "");
    }

    private void timeAxis() {
        double tick = tick(seconds, 4);
        for (double at = 0; at <= seconds; at += tick) {
            text(x(at), HEIGHT - 12, "middle", trimmed(at) + (at == 0 ? " s" : ""), "");
        }
    }

    private void capacity() {
        var path = new StringBuilder();
        List<Link.Step> steps = topology.forward().steps();
        for (Link.Step step : steps) {
            path.append(path.isEmpty() ? "M" : "H");
            if (path.length() == 1) {
                path.append(point(0, step.rateBps() / 1e6, RATE_TOP, RATE_HEIGHT, mostMegabits));
            } else {
                path.append(decimal(x(step.atNanos() / 1e9)))
                        .append('V')
                        .append(
                                decimal(
                                        RATE_TOP
                                                + RATE_HEIGHT
                                                        * (1
                                                                - step.rateBps()
                                                                        / 1e6
                                                                        / mostMegabits)));
            }
        }
        path.append('H').append(decimal(x(seconds)));
        out.append("<path class=\"c\" d=\"%s\"/>%n".formatted(path));
    }

    private void legend() {
        double x = WIDTH - RIGHT;
        for (int i = topology.tcpTraces().size() - 1; i >= 0; i--) {
            x = legend(topology.tcpTraces().get(i).name(), TCP_COLOUR, x);
        }
        for (int i = topology.mediaTraces().size() - 1; i >= 0; i--) {
            x = legend(topology.mediaTraces().get(i).name(), COLOURS.get(i % COLOURS.size()), x);
        }
        legend("capacity (dashed)", "", x);
    }

    private double legend(String name, String colour, double right) {
        text(right, 16, "end", name, colour);
        return right - 7 * name.length() - 6;
    }

    /** The longest wait of any media packet through the forward queue in each step. */
    private void delay() {
        var path = new StringBuilder();
        for (double at = 0; at < seconds; at += stepSeconds) {
            double millis = longestWait(at, at + stepSeconds);
            path.append(path.isEmpty() ? "M" : "L");
            path.append(point(at, millis, DELAY_TOP, DELAY_HEIGHT, mostMillis));
        }
        out.append("<path class=\"q\" d=\"%s\"/>%n".formatted(path));
    }

    private void rate(Trace trace, String colour) {
        var path = new StringBuilder();
        for (double at = 0; at + stepSeconds <= seconds; at += stepSeconds) {
            double megabits = trace.rateBps(at, at + stepSeconds) / 1e6;
            path.append(path.isEmpty() ? "M" : "L");
            path.append(
                    point(
                            at + stepSeconds / 2,
                            Math.min(megabits, mostMegabits),
                            RATE_TOP,
                            RATE_HEIGHT,
                            mostMegabits));
        }
        curve(path, colour);
    }

    private void curve(CharSequence path, String colour) {
        out.append("<path class=\"f\" stroke=\"%s\" d=\"%s\"/>%n".formatted(colour, path));
    }

    private void text(double x, double y, String anchor, String text, String colour) {
        String style = colour.isEmpty() ? "" : " style=\"fill:" + colour + "\"";
        out.append(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\"%s>%s</text>%n"
                        .formatted(decimal(x), decimal(y), anchor, style, text));
    }

    private double longestWait(double fromSeconds, double toSeconds) {
        double longest = 0;
        for (Trace trace : topology.forwardMedia()) {
            longest = Math.max(longest, trace.longestWaitMillis(fromSeconds, toSeconds));
        }
        return longest;
    }

    private double x(double atSeconds) {
        return LEFT + (WIDTH - LEFT - RIGHT) * atSeconds / seconds;
    }

    private String point(double atSeconds, double value, int top, int height, double most) {
        return decimal(x(atSeconds)) + " " + decimal(top + height * (1 - value / most));
    }

    /** 1, 2 or 5 times a power of ten: at least so many of them up to the most. */
    private static double tick(double most, int ticks) {
        double power = Math.pow(10, Math.floor(Math.log10(most / ticks)));
        double ratio = most / ticks / power;
        return power * (ratio >= 5 ? 5 : ratio >= 2 ? 2 : 1);
    }

    private static String trimmed(double value) {
        return String.format(Locale.ROOT, value % 1 == 0 ? "%.0f" : "%.1f", value);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
