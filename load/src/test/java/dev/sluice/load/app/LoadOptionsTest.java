package dev.sluice.load.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.load.count.Verification;
import dev.sluice.media.rtp.Codec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class LoadOptionsTest {

    @Command
    private static final class Holder {

        @Mixin private final LoadOptions options = new LoadOptions();
    }

    private static LoadPlan plan(String... args) {
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs(args);
        return holder.options.plan();
    }

    @Test
    void hasDefaultsForEverything() {
        LoadPlan plan = plan();

        assertThat(plan.publishers()).isEqualTo(1);
        assertThat(plan.subscribers()).isEqualTo(1);
        assertThat(plan.streams()).isEqualTo(1);
        assertThat(plan.codecs()).containsExactly(Codec.VP8);
        assertThat(plan.verification()).isEqualTo(Verification.SAMPLE);
        assertThat(plan.churnRate()).isZero();
        assertThat(plan.serverPid()).isEmpty();
    }

    @Test
    void takesAllThatIsTold() {
        LoadPlan plan =
                plan(
                        "--whip",
                        "http://h/whip/x{n}",
                        "--whep",
                        "http://h/whep/x{n}",
                        "--publishers",
                        "3",
                        "--subscribers",
                        "12",
                        "--codec",
                        "h264,opus",
                        "--rate",
                        "2500",
                        "--fps",
                        "25",
                        "--seconds",
                        "9",
                        "--join-rate",
                        "2.5",
                        "--loss",
                        "1.5",
                        "--seed",
                        "42",
                        "--token",
                        "secret-token",
                        "--verify",
                        "full",
                        "--churn",
                        "4",
                        "--hold",
                        "2",
                        "--threads",
                        "2");

        assertThat(plan.streams()).isEqualTo(3);
        assertThat(plan.codecs()).containsExactly(Codec.OPUS, Codec.H264);
        assertThat(plan.joinRate()).isEqualTo(2.5);
        assertThat(plan.lossPercent()).isEqualTo(1.5);
        assertThat(plan.seed()).isEqualTo(42);
        assertThat(plan.token()).isEqualTo("secret-token");
        assertThat(plan.verification()).isEqualTo(Verification.FULL);
        assertThat(plan.holdSeconds()).isEqualTo(2);
        assertThat(plan.figures().toString()).doesNotContain("secret-token");
    }

    @Test
    void watchesTheStreamsOfOthers() {
        assertThat(plan("--publishers", "0", "--streams", "5").streams()).isEqualTo(5);
    }

    @Test
    void refusesToDoNothing() {
        assertThatThrownBy(() -> plan("--publishers", "0", "--subscribers", "0"))
                .isInstanceOf(ParameterException.class)
                .hasMessage("--publishers 0 with --subscribers 0: there is nothing to do");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --subscribers=-1    | --subscribers: expected 0 to 20000, found -1
                    --rate=0            | --rate: expected 30 to 100000, found 0
                    --loss=101          | --loss: expected 0 to 100, found 101
                    --loss=NaN          | --loss: expected 0 to 100, found NaN
                    --join-rate=0       | --join-rate: expected 0.01 to 20000, found 0
                    --fps=abc           | 'abc' is not an int
                    --codec=vp8,av1     | one codec of video and one of audio, found [vp8, av1]
                    --codec=xyz         | expected vp8, h264, vp9, av1 or opus, found 'xyz'
                    --verify=maybe      | expected full, sample or none, found 'maybe'
                    --whip=ftp://h/a    | --whip: expected an address that begins with http://
                    --whip=http://h:99999/a | --whip: expected a port of 1 to 65535 in 'http://h:99999/a'
                    --token=schlüssel   | --token: expected printable ASCII without spaces
                    --token=a\tb        | --token: expected printable ASCII without spaces
                    --churn=0.01        | --churn 0.01 with --seconds 20: not one viewer would come
                    --streams=2         | --streams 2 with --publishers 1
                    --pid=999999999     | there is no process 999999999
                    """)
    void refusesWhatMakesNoSense(String option, String told) {
        assertThatThrownBy(() -> plan(option))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(told);
    }
}
