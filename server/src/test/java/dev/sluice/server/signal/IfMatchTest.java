package dev.sluice.server.signal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class IfMatchTest {

    @Test
    void aStarIsAny() {
        assertThat(IfMatch.parse("*")).isEqualTo(new IfMatch(List.of(), true));
    }

    @Test
    void weakTagsAreLeftOut() {
        assertThat(IfMatch.parse("\"a\" , W/\"b\",\"c,d\""))
                .isEqualTo(new IfMatch(List.of("a", "c,d"), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\"a", "\"a\" \"b\"", "*, \"a\"", "\"a b\"", "w/\"a\""})
    void otherTextsAreNone(String value) {
        assertThat(IfMatch.parse(value)).isNull();
    }

    @Property
    void anyTextIsReadOrRefused(@ForAll String value) {
        IfMatch.parse(value);
    }
}
