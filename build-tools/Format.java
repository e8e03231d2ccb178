import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Runs google-java-format over the sources of all modules: {@code Format check|write ROOT}. */
class Format {
    public static void main(String[] args) throws Exception {
        var arguments = new ArrayList<String>(List.of("--aosp"));
        arguments.addAll(args[0].equals("write") ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
        for (Path module : modules(Path.of(args[1]))) {
            arguments.addAll(javaFiles(module.resolve("src")));
        }
        ToolProvider formatter = ToolProvider.findFirst("google-java-format").orElseThrow();
        int status = formatter.run(System.out, System.err, arguments.toArray(String[]::new));
        if (status != 0 && args[0].equals("check")) {
            System.err.println("The files named above are not formatted; bin/format rewrites them.");
        }
        System.exit(status);
    }

    private static List<Path> modules(Path root) throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))).sorted().toList();
        }
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
