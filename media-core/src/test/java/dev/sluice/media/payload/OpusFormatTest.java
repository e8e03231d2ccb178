package dev.sluice.media.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.Map;

class OpusFormatTest {

    /** The second example of RFC 7587 section 7, with its lines for ptime and maxptime. */
    @Test
    void readsTheExampleOfTheRfc() {
        OpusFormat format =
                OpusFormat.of(
                        Map.of(
                                "maxplaybackrate", "16000",
                                "sprop-maxcapturerate", "16000",
                                "maxaveragebitrate", "20000",
                                "stereo", "1",
                                "useinbandfec", "1",
                                "usedtx", "0",
                                "ptime", "40",
                                "maxptime", "40"));
        assertThat(format)
                .isEqualTo(
                        new OpusFormat(
                                16_000, 16_000, 40, 40, 20_000, true, false, false, true, false));
        assertThat(format.fmtp())
                .isEqualTo(
                        "maxplaybackrate=16000;sprop-maxcapturerate=16000;maxptime=40;ptime=40;"
                                + "maxaveragebitrate=20000;stereo=1;useinbandfec=1");
    }

    @Test
    void whatIsAbsentUnknownOrOutOfRangeHasItsDefault() {
        assertThat(OpusFormat.of(Map.of())).isEqualTo(OpusFormat.DEFAULT);
        assertThat(
                        OpusFormat.of(
                                Map.of(
                                        "maxplaybackrate", "96000",
                                        "sprop-maxcapturerate", "7999",
                                        "maxptime", "2",
                                        "ptime", "-1",
                                        "maxaveragebitrate", "99999999999999",
                                        "stereo", "2",
                                        "cbr", "",
                                        "usedtx", "yes",
                                        "minptime", "10")))
                .isEqualTo(OpusFormat.DEFAULT);
        assertThat(OpusFormat.DEFAULT.fmtp()).isEmpty();
    }

    @Test
    void refusesParametersOutOfRange() {
        assertThatThrownBy(() -> bitrate(5_999))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxaveragebitrate is 5999");
        assertThatThrownBy(() -> bitrate(510_001)).isInstanceOf(IllegalArgumentException.class);
        assertThat(bitrate(510_000).parameters()).containsEntry("maxaveragebitrate", "510000");
    }

    private static OpusFormat bitrate(int bps) {
        return new OpusFormat(48_000, 48_000, 120, 20, bps, false, false, false, false, false);
    }

    @Property
    void parametersComeBack(
            @ForAll @IntRange(min = 8_000, max = 48_000) int playback,
            @ForAll @IntRange(min = 8_000, max = 48_000) int capture,
            @ForAll @IntRange(min = 3, max = 120) int max,
            @ForAll @IntRange(min = 3, max = 120) int packet,
            @ForAll @IntRange(min = 6_000, max = 510_000) int bitrate,
            @ForAll @Size(5) boolean[] flags) {
        var format =
                new OpusFormat(
                        playback, capture, max, packet, bitrate, flags[0], flags[1], flags[2],
                        flags[3], flags[4]);
        assertThat(OpusFormat.of(format.parameters())).isEqualTo(format);
    }

    @Property
    void anyTextIsAFormat(@ForAll String value) {
        for (String name : new String[] {"maxplaybackrate", "maxptime", "maxaveragebitrate"}) {
            assertThat(OpusFormat.of(Map.of(name, value))).isNotNull();
        }
    }
}
