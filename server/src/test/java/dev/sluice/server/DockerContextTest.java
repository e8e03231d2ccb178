package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The Docker engine gets all that the image is built of, which {@code .dockerignore} lists. */
class DockerContextTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern DEPENDENCY =
            Pattern.compile("<artifactId>sluice-([^<]+)</artifactId>");

    @Test
    void theModulesOfTheServerAreSentWhole() throws IOException {
        Set<String> sent = Set.copyOf(Files.readAllLines(ROOT.resolve(".dockerignore")));
        assertThat(modulesOf("server")).isNotEmpty();
        assertThat(sent).containsAll(modulesOf("server").stream().map(m -> "!" + m).toList());
    }

    @Test
    void theOtherModulesAreSentAsWhatMavenHasToReadOfThem() throws IOException {
        Set<String> sent = Set.copyOf(Files.readAllLines(ROOT.resolve(".dockerignore")));
        Set<String> others = new TreeSet<>(found(MODULE, Path.of("pom.xml")));
        others.removeAll(modulesOf("server"));
        assertThat(others).isNotEmpty();
        assertThat(sent).containsAll(others.stream().map(m -> "!" + m + "/pom.xml").toList());
    }

    /** The module itself and all that it is built with. */
    private static Set<String> modulesOf(String module) throws IOException {
        Set<String> modules = new TreeSet<>();
        var unread = new ArrayDeque<>(List.of(module));
        while (!unread.isEmpty()) {
            String next = unread.remove();
            if (modules.add(next)) {
                unread.addAll(found(DEPENDENCY, Path.of(next, "pom.xml")));
            }
        }
        return modules;
    }

    private static Set<String> found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(ROOT.resolve(file)))
                .results()
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toSet());
    }
}
