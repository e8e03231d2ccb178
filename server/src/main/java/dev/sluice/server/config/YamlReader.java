package dev.sluice.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

import org.yaml.snakeyaml.error.MarkedYAMLException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one YAML document into nodes that know their lines; values are left as they are written.
 */
final class YamlReader {

    private static final YAMLFactory FACTORY = new YAMLFactory();

    private final YAMLParser parser;
    private final String source;
    private final Problems problems;

    private YamlReader(YAMLParser parser, String source, Problems problems) {
        this.parser = parser;
        this.source = source;
        this.problems = problems;
    }

    /**
     * The document, or nothing when it is empty or bad; what is bad is told to {@code problems}.
     *
     * @param path the key that the document is the value of; empty for a file
     */
    static Optional<YamlNode> read(String source, String path, String text, Problems problems) {
        try (YAMLParser parser = FACTORY.createParser(text)) {
            return new YamlReader(parser, source, problems).document(path);
        } catch (JsonProcessingException e) {
            problems.add(source, lineOf(e), path, "is not valid YAML: " + reasonOf(e));
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from a string", e);
        }
    }

    private Optional<YamlNode> document(String path) throws IOException {
        if (parser.nextToken() == null) {
            return Optional.empty();
        }
        YamlNode root = node(path, line());
        if (parser.nextToken() != null) {
            problems.add(source, line(), path, "a second document begins here; one is accepted");
        }
        return Optional.of(root);
    }

    /**
     * The node that begins at the current token; {@code line} is that of its key, where it has one.
     */
    private YamlNode node(String path, int line) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping(path, line);
        }
        if (token == JsonToken.START_ARRAY) {
            return sequence(path, line);
        }
        if (parser.isCurrentAlias()) {
            problems.add(source, line, path, "an alias (*name) is not accepted; write the value");
        }
        return new YamlNode.Scalar(line, kindOf(token), parser.getText());
    }

    private YamlNode mapping(String path, int line) throws IOException {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String keyPath = path.isEmpty() ? key : path + "." + key;
            int keyLine = line();
            parser.nextToken();
            YamlNode earlier = entries.putIfAbsent(key, node(keyPath, keyLine));
            if (earlier != null) {
                String explanation = "is here again, first in line " + earlier.line();
                problems.add(source, keyLine, keyPath, explanation + "; accepted: once");
            }
        }
        return new YamlNode.Mapping(line, entries);
    }

    private YamlNode sequence(String path, int line) throws IOException {
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(path + "[" + items.size() + "]", line()));
        }
        return new YamlNode.Sequence(line, items);
    }

    private static YamlNode.Kind kindOf(JsonToken token) {
        return switch (token) {
            case VALUE_NULL -> YamlNode.Kind.NOTHING;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> YamlNode.Kind.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> YamlNode.Kind.FLAG;
            default -> YamlNode.Kind.TEXT;
        };
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private static int lineOf(JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return marked.getProblemMark().getLine() + 1;
        }
        return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    }

    /** The parser's own words without the lines it cites, which may hold a secret. */
    private static String reasonOf(JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblem() != null) {
            return marked.getProblem();
        }
        return "it cannot be read from here on";
    }
}
