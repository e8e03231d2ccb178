import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Runs google-java-format over the sources of all modules: {@code Format check|write ROOT}. */
class Format {
    private static final List<String> MODULES = List.of("media-core", "srtp", "video", "server");

    public static void main(String[] args) throws Exception {
        var arguments = new ArrayList<String>(List.of("--aosp"));
        arguments.addAll(args[0].equals("write") ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
        for (String module : MODULES) {
            arguments.addAll(javaFiles(Path.of(args[1], module, "src")));
        }
        ToolProvider formatter = ToolProvider.findFirst("google-java-format").orElseThrow();
        int status = formatter.run(System.out, System.err, arguments.toArray(String[]::new));
        if (status != 0 && args[0].equals("check")) {
            System.err.println("The files named above are not formatted; bin/format rewrites them.");
        }
        System.exit(status);
    }

    /** None where there is no such folder: a module need not have sources. */
    private static List<String> javaFiles(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).map(Path::toString).sorted().toList();
        }
    }
}
