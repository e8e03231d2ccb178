package dev.sluice.media.sim;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

import java.util.ArrayList;
import java.util.List;

/** Two properties that ask for the same have to draw the same, as one does in two runs. */
class PropertySeedTest {

    private static final List<List<Object>> ONE = new ArrayList<>();
    private static final List<List<Object>> OTHER = new ArrayList<>();

    @Property
    void draws(@ForAll long number, @ForAll String text) {
        ONE.add(List.of(number, text));
    }

    @Property
    void drawsOnceMore(@ForAll long number, @ForAll String text) {
        OTHER.add(List.of(number, text));
    }

    @AfterContainer
    static void drewTheSame() {
        assertThat(ONE).isNotEmpty().isEqualTo(OTHER);
    }
}
