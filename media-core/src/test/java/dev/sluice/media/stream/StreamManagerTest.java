package dev.sluice.media.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.stream.StreamState.Active;
import dev.sluice.media.stream.StreamState.Initializing;
import dev.sluice.media.stream.StreamState.Muted;
import dev.sluice.media.stream.StreamState.Paused;
import dev.sluice.media.stream.StreamState.Stopped;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class StreamManagerTest {

    private static final int MAX = 3;
    private static final StreamConfig<String> OPUS =
            new StreamConfig<>("ann", MediaKind.AUDIO, 12345, 96, Codec.OPUS, 32_000, null);

    private final StreamManager<String> manager = new StreamManager<>("s", MAX);
    private final List<StreamEvent> events = new ArrayList<>();
    private final StreamSink out = events::add;

    private RtpStream<String> create(StreamConfig<String> config, long nowNanos) {
        return done(manager.create(config, nowNanos, out));
    }

    private static RtpStream<String> done(StreamResult<String> result) {
        assertThat(result).isInstanceOf(StreamResult.Done.class);
        return ((StreamResult.Done<String>) result).stream();
    }

    private static StreamRefusal refusal(StreamResult<String> result) {
        assertThat(result).isInstanceOf(StreamResult.Refused.class);
        return ((StreamResult.Refused<String>) result).why();
    }

    @Test
    void aStreamIsCreatedActivatedChangedStoppedAndRemoved() {
        RtpStream<String> stream = create(OPUS, 10);
        StreamId id = stream.id();
        assertThat(manager.get(id)).isSameAs(stream);
        assertThat(manager.bySsrc(12345)).isSameAs(stream);
        assertThat(stream.state()).isEqualTo(new Initializing(10));

        done(manager.transition(id, new Active(20), out));
        done(manager.update(id, OPUS.withBitrateBps(64_000), 30, out));
        done(manager.transition(id, new Stopped(40), out));
        done(manager.remove(id, 50, out));

        assertThat(manager.get(id)).isNull();
        assertThat(manager.bySsrc(12345)).isNull();
        assertThat(events)
                .extracting(StreamEvent::atNanos)
                .containsExactly(10L, 20L, 30L, 40L, 50L);
        assertThat(events).extracting(StreamEvent::id).containsOnly(id);
        assertThat(events.get(1))
                .isEqualTo(new StreamEvent.StateChanged(id, new Initializing(10), new Active(20)));
        assertThat(events.get(2))
                .isInstanceOfSatisfying(
                        StreamEvent.Updated.class,
                        updated -> {
                            assertThat(updated.before().bitrateBps()).isEqualTo(32_000);
                            assertThat(updated.after().bitrateBps()).isEqualTo(64_000);
                        });
    }

    @Test
    void aSecondStreamWithTheSameSsrcIsRefusedUntilTheFirstIsRemoved() {
        RtpStream<String> first = create(OPUS, 0);
        done(manager.transition(first.id(), new Stopped(1), out));
        assertThat(refusal(manager.create(OPUS, 2, out)))
                .isEqualTo(new StreamRefusal.DuplicateSsrc(12345, first.id()));
        assertThat(events).hasSize(2);
        done(manager.remove(first.id(), 3, out));
        assertThat(create(OPUS, 4).id()).isNotEqualTo(first.id());
    }

    @Test
    void twoSessionsMayHaveTheSameSsrc() {
        var other = new StreamManager<String>("t", MAX);
        RtpStream<String> ours = create(OPUS, 0);
        RtpStream<String> theirs = done(other.create(OPUS, 0, out));
        assertThat(theirs.id()).isNotEqualTo(ours.id());
        assertThat(manager.get(theirs.id())).isNull();
        done(other.transition(theirs.id(), new Stopped(1), out));
        done(other.remove(theirs.id(), 2, out));
        assertThat(manager.bySsrc(12345)).isSameAs(ours);
        assertThat(ours.state()).isEqualTo(new Initializing(0));
    }

    @Test
    void aSessionHasOnlySoManyStreams() {
        for (int ssrc = 0; ssrc < MAX; ssrc++) {
            create(OPUS.withSsrc(ssrc), 0);
        }
        assertThat(refusal(manager.create(OPUS, 0, out)))
                .isEqualTo(new StreamRefusal.TooManyStreams(MAX));
        assertThat(manager.size()).isEqualTo(MAX);
    }

    @Test
    void statesFollowEachOtherAsTheModelSays() {
        var states =
                List.of(
                        new Initializing(1),
                        new Active(1),
                        new Paused(1),
                        new Muted(1),
                        new Stopped(1));
        var legal = new ArrayList<String>();
        for (StreamState from : states) {
            for (StreamState to : states) {
                if (from.mayBecome(to)) {
                    legal.add(name(from) + "-" + name(to));
                }
            }
        }
        assertThat(legal)
                .containsExactly(
                        "Initializing-Active",
                        "Initializing-Stopped",
                        "Active-Paused",
                        "Active-Muted",
                        "Active-Stopped",
                        "Paused-Active",
                        "Paused-Muted",
                        "Paused-Stopped",
                        "Muted-Active",
                        "Muted-Paused",
                        "Muted-Stopped");
    }

    @Test
    void anIllegalTransitionChangesNothing() {
        RtpStream<String> stream = create(OPUS, 0);
        assertThat(refusal(manager.transition(stream.id(), new Paused(1), out)))
                .isEqualTo(new StreamRefusal.IllegalTransition(new Initializing(0), new Paused(1)));
        assertThat(stream.state()).isEqualTo(new Initializing(0));
        assertThat(events).hasSize(1);
    }

    @Test
    void aStoppedStreamStaysAsItIs() {
        RtpStream<String> stream = create(OPUS, 0);
        done(manager.transition(stream.id(), new Stopped(1), out));
        assertThat(refusal(manager.transition(stream.id(), new Active(2), out)))
                .isInstanceOf(StreamRefusal.IllegalTransition.class);
        assertThat(refusal(manager.update(stream.id(), OPUS.withBitrateBps(1), 2, out)))
                .isEqualTo(new StreamRefusal.AlreadyStopped(stream.id()));
        assertThat(stream.config()).isEqualTo(OPUS);
    }

    @Test
    void whatIsNotThereIsUnknown() {
        var nobody = new StreamId("s", 9);
        var unknown = new StreamRefusal.UnknownStream(nobody);
        assertThat(refusal(manager.transition(nobody, new Active(0), out))).isEqualTo(unknown);
        assertThat(refusal(manager.update(nobody, OPUS, 0, out))).isEqualTo(unknown);
        assertThat(refusal(manager.remove(nobody, 0, out))).isEqualTo(unknown);
        assertThat(events).isEmpty();
    }

    @Test
    void removingARunningStreamStopsItFirst() {
        RtpStream<String> stream = create(OPUS, 0);
        done(manager.transition(stream.id(), new Active(1), out));
        done(manager.remove(stream.id(), 2, out));
        assertThat(events.subList(2, 4))
                .satisfiesExactly(
                        event ->
                                assertThat(event)
                                        .isEqualTo(
                                                new StreamEvent.StateChanged(
                                                        stream.id(),
                                                        new Active(1),
                                                        new Stopped(2))),
                        event -> assertThat(event).isInstanceOf(StreamEvent.Removed.class));
    }

    @Test
    void aStreamWhoseSsrcCollidesGetsAnother() {
        RtpStream<String> stream = create(OPUS, 0);
        create(OPUS.withSsrc(7), 0);
        assertThat(refusal(manager.update(stream.id(), OPUS.withSsrc(7), 1, out)))
                .isInstanceOf(StreamRefusal.DuplicateSsrc.class);
        assertThat(stream.config().ssrc()).isEqualTo(12345);
        done(manager.update(stream.id(), OPUS.withSsrc(8), 1, out));
        assertThat(manager.bySsrc(8)).isSameAs(stream);
        assertThat(manager.bySsrc(12345)).isNull();
        create(OPUS, 2);
    }

    @Test
    void aSnapshotHasLiveNumbersAndDoesNotChange() {
        RtpStream<String> stream = create(OPUS, 100);
        done(manager.transition(stream.id(), new Active(150), out));
        stream.onPacket(1200, 160);
        stream.onPacket(300, 170);
        stream.onReport(-2, 5_000_000);
        StreamSnapshot snapshot = stream.snapshot(200);
        stream.onPacket(1, 210);
        assertThat(snapshot)
                .isEqualTo(
                        new StreamSnapshot(
                                stream.id(),
                                "ann",
                                MediaKind.AUDIO,
                                12345,
                                96,
                                Codec.OPUS,
                                32_000,
                                false,
                                new Active(150),
                                100,
                                50,
                                2,
                                1500,
                                -2,
                                5_000_000));
        assertThat(stream.lastPacketNanos()).isEqualTo(210);
        assertThat(manager.snapshots(300)).containsExactly(stream.snapshot(300));
    }

    @Test
    void keysAreKeptButNeverShown() {
        RtpStream<String> stream = create(OPUS.withKeys("top secret"), 0);
        assertThat(stream.config().keys()).isEqualTo("top secret");
        done(manager.update(stream.id(), stream.config().withKeys("even more secret"), 1, out));
        done(manager.remove(stream.id(), 2, out));
        assertThat(stream.config().toString()).doesNotContain("secret").contains("keys");
        assertThat(events.toString()).doesNotContain("secret");
        assertThat(stream.snapshot(3).hasKeys()).isTrue();
    }

    @Test
    void clearRemovesAllInOrder() {
        create(OPUS, 0);
        create(OPUS.withSsrc(1), 0);
        events.clear();
        manager.clear(5, out);
        assertThat(manager.size()).isZero();
        assertThat(events)
                .hasSize(4)
                .extracting(event -> event.id().number())
                .containsExactly(1L, 1L, 2L, 2L);
    }

    @Test
    void refusesConfigurationsThatMakeNoStream() {
        assertThatThrownBy(() -> OPUS.withSsrc(1L << 32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4294967296");
        assertThatThrownBy(() -> OPUS.withFormat(128, Codec.OPUS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OPUS.withFormat(96, Codec.VP8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("VP8");
        assertThatThrownBy(() -> OPUS.withBitrateBps(-1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> new StreamConfig<>(" ", MediaKind.AUDIO, 1, 96, Codec.OPUS, 1, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StreamManager<String>("s", 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStreamKeepsItsUserAndKind() {
        RtpStream<String> stream = create(OPUS, 0);
        var stolen =
                new StreamConfig<String>("bob", MediaKind.AUDIO, 12345, 96, Codec.OPUS, 1, null);
        assertThatThrownBy(() -> manager.update(stream.id(), stolen, 1, out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bob");
    }

    private static String name(StreamState state) {
        return state.getClass().getSimpleName();
    }
}
