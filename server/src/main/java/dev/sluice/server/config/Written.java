package dev.sluice.server.config;

import java.util.Arrays;
import java.util.List;

/**
 * A value and where it was written.
 *
 * @param source the file's name, or {@link ConfigProblem#ENVIRONMENT}
 * @param key the full key, or the variable's name
 */
record Written(String source, String key, YamlNode node) {

    /** One item of a list. */
    Written item(int index, YamlNode item) {
        return new Written(source, key + "[" + index + "]", item);
    }

    /** This, with the comma-separated text of a variable made a list. */
    Written asList() {
        if (!(node instanceof YamlNode.Scalar scalar) || scalar.kind() != YamlNode.Kind.UNTYPED) {
            return this;
        }
        List<YamlNode> items =
                Arrays.stream(scalar.text().split(",", -1))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .<YamlNode>map(text -> new YamlNode.Scalar(0, YamlNode.Kind.UNTYPED, text))
                        .toList();
        return new Written(source, key, new YamlNode.Sequence(0, items));
    }

    void refuse(String explanation, Problems problems) {
        problems.add(source, node.line(), key, explanation);
    }
}
