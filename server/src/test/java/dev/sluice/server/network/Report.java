package dev.sluice.server.network;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.google.errorprone.annotations.FormatMethod;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the scenarios found out: bars, and what helps to understand them. */
final class Report {

    private final PrintStream out;
    private final List<Bar> bars = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Report(PrintStream out) {
        this.out = out;
    }

    void add(Bar bar) {
        bars.add(bar);
        out.println(bar.row());
    }

    /** Something that is no bar. */
    @FormatMethod
    void note(String format, Object... arguments) {
        String note = String.format(Locale.ROOT, format, arguments);
        notes.add(note);
        out.println("       " + note);
    }

    List<String> missed() {
        return bars.stream().filter(bar -> !bar.isMet()).map(Bar::name).toList();
    }

    void write(Path file) throws IOException {
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(
                        file.toFile(),
                        Map.of("bars", bars.stream().map(Report::row).toList(), "notes", notes));
    }

    private static Map<String, Object> row(Bar bar) {
        return Map.of(
                "name",
                bar.name(),
                "figure",
                bar.figure(),
                "unit",
                bar.unit(),
                bar.isUpperBound() ? "atMost" : "atLeast",
                bar.bound(),
                "met",
                bar.isMet());
    }
}
