package dev.sluice.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The inputs that a target begins with and those that once were findings. {@code seeds/TARGET.hex}
 * has one input a line in hexadecimal digits, blanks between them allowed; {@code #} begins a
 * comment. {@code seeds/TARGET.files} names files beside it, one a line.
 */
final class Seeds {

    private static final String FOLDER = "/seeds/";

    private Seeds() {}

    static List<byte[]> of(String target) {
        List<byte[]> seeds = new ArrayList<>();
        for (String line : lines(target + ".hex")) {
            seeds.add(HexFormat.of().parseHex(line.replaceAll("\\s", "")));
        }
        for (String file : lines(target + ".files")) {
            seeds.add(bytes(file));
        }
        return seeds;
    }

    private static List<String> lines(String resource) {
        return new String(bytes(resource), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The resource, or nothing where there is none. */
    private static byte[] bytes(String resource) {
        try (InputStream in = Seeds.class.getResourceAsStream(FOLDER + resource)) {
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("seeds " + resource + " cannot be read", e);
        }
    }
}
