package dev.sluice.server.config;

import java.util.List;
import java.util.Map;

/** A piece of a YAML document that knows its line, from 1 (0: it came from the environment). */
sealed interface YamlNode {

    int line();

    /** What it is, for an error message. */
    String describe();

    record Mapping(int line, Map<String, YamlNode> entries) implements YamlNode {
        @Override
        public String describe() {
            return "a group of keys";
        }
    }

    record Sequence(int line, List<YamlNode> items) implements YamlNode {
        @Override
        public String describe() {
            return "a list";
        }
    }

    record Scalar(int line, Kind kind, String text) implements YamlNode {

        /** Longer values are cut in error messages. */
        private static final int MAX_SHOWN_CHARACTERS = 60;

        @Override
        public String describe() {
            return switch (kind) {
                case NOTHING -> "no value";
                case NUMBER, FLAG -> shown();
                case TEXT, UNTYPED -> "'" + shown() + "'";
            };
        }

        private String shown() {
            String printable = text.replaceAll("\\p{Cntrl}", "?");
            return printable.length() <= MAX_SHOWN_CHARACTERS
                    ? printable
                    : printable.substring(0, MAX_SHOWN_CHARACTERS) + "...";
        }
    }

    /** What YAML takes a scalar for. */
    enum Kind {
        NOTHING,
        TEXT,
        NUMBER,
        FLAG,
        /** From the environment, where everything is written as text. */
        UNTYPED
    }
}
