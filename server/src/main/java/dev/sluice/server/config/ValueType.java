package dev.sluice.server.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A kind of value.
 *
 * @param accepted what is accepted, in words
 * @param secret whether a value must not be shown
 * @param reader gives nothing for what is not accepted
 */
record ValueType<T>(
        String accepted, boolean secret, Function<YamlNode.Scalar, Optional<T>> reader) {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9][0-9]*");

    Optional<T> read(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar ? reader.apply(scalar) : Optional.empty();
    }

    /** Why {@code node} is refused. */
    String refusal(YamlNode node) {
        return "found " + describe(node) + "; accepted: " + accepted;
    }

    /** What {@code node} is, without the value of a secret. */
    String describe(YamlNode node) {
        boolean hasValue =
                node instanceof YamlNode.Scalar scalar && scalar.kind() != YamlNode.Kind.NOTHING;
        return secret && hasValue ? "a value that is not shown here" : node.describe();
    }

    /** Text that fulfils {@code syntax}. A number is not text unless it is quoted. */
    static ValueType<String> text(String accepted, Predicate<String> syntax) {
        return new ValueType<>(accepted, false, scalar -> textOf(scalar).filter(syntax));
    }

    /** Like {@link #text}, never shown. */
    static ValueType<String> secret(String accepted, Predicate<String> syntax) {
        return new ValueType<>(accepted, true, scalar -> textOf(scalar).filter(syntax));
    }

    static ValueType<Integer> wholeNumber(int min, int max) {
        return wholeNumber(min, max, "a whole number from " + min + " to " + max);
    }

    static ValueType<Integer> wholeNumber(int min, int max, String accepted) {
        return new ValueType<>(
                accepted,
                false,
                scalar ->
                        textOf(scalar, YamlNode.Kind.NUMBER)
                                .filter(text -> WHOLE_NUMBER.matcher(text).matches())
                                .map(BigInteger::new)
                                .filter(number -> number.bitLength() < Integer.SIZE)
                                .map(BigInteger::intValue)
                                .filter(number -> number >= min && number <= max));
    }

    static ValueType<Boolean> flag() {
        Map<String, Boolean> words = Map.of("true", true, "false", false);
        return new ValueType<>(
                "true or false",
                false,
                scalar -> textOf(scalar, YamlNode.Kind.FLAG).map(words::get));
    }

    /** The lower-case name of one of the constants of {@code type}, with - for _. */
    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        Map<String, E> words =
                Arrays.stream(type.getEnumConstants())
                        .collect(Collectors.toMap(ValueType::wordOf, e -> e));
        String accepted = words.keySet().stream().sorted().collect(Collectors.joining(", "));
        return new ValueType<>(accepted, false, scalar -> textOf(scalar).map(words::get));
    }

    private static String wordOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ValueType<Duration> duration(Duration min, Duration max) {
        String range = "from %s to %s".formatted(DurationText.of(min), DurationText.of(max));
        return new ValueType<>(
                "a time " + range + ", in whole ms, s, m or h",
                false,
                scalar ->
                        textOf(scalar)
                                .flatMap(DurationText::parse)
                                .filter(time -> time.compareTo(min) >= 0)
                                .filter(time -> time.compareTo(max) <= 0));
    }

    private static Optional<String> textOf(YamlNode.Scalar scalar) {
        return textOf(scalar, YamlNode.Kind.TEXT);
    }

    private static Optional<String> textOf(YamlNode.Scalar scalar, YamlNode.Kind kind) {
        boolean fits = scalar.kind() == kind || scalar.kind() == YamlNode.Kind.UNTYPED;
        return fits ? Optional.of(scalar.text()) : Optional.empty();
    }
}
