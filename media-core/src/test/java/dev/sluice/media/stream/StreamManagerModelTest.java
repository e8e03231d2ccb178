package dev.sluice.media.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.stream.StreamState.Stopped;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Random operations on a manager and on the simplest thing that could be one. */
class StreamManagerModelTest {

    private static final int MAX = 5;

    enum Kind {
        CREATE,
        ACTIVATE,
        PAUSE,
        MUTE,
        STOP,
        UPDATE,
        REMOVE
    }

    /**
     * @param number of the stream, which may or may not be there
     */
    record Operation(Kind kind, long number, long ssrc) {}

    /** What the model knows of a stream. */
    private record Known(Class<? extends StreamState> state, long ssrc) {}

    private final Map<StreamId, Known> model = new LinkedHashMap<>();

    private long created;

    /** What a listener would know who has heard of nothing but the events. */
    private final Map<StreamId, Known> heard = new LinkedHashMap<>();

    @Property(tries = 1000)
    void doesWhatTheModelSaysAndTellsIt(@ForAll("operations") List<Operation> operations) {
        model.clear();
        heard.clear();
        created = 0;
        var manager = new StreamManager<String>("s", MAX);
        long now = 0;
        for (Operation operation : operations) {
            now++;
            var events = new ArrayList<StreamEvent>();
            boolean expected = expect(operation);
            boolean done = apply(manager, operation, now, events::add);
            assertThat(done).as(operation.toString()).isEqualTo(expected);
            assertThat(events.isEmpty()).isEqualTo(!done);
            events.forEach(this::hear);
            assertInvariants(manager, now);
        }
    }

    private void assertInvariants(StreamManager<String> manager, long now) {
        List<StreamSnapshot> snapshots = manager.snapshots(now);
        assertThat(snapshots).hasSizeLessThanOrEqualTo(MAX);
        assertThat(snapshots).extracting(StreamSnapshot::ssrc).doesNotHaveDuplicates();
        var actual = new LinkedHashMap<StreamId, Known>();
        for (StreamSnapshot snapshot : snapshots) {
            actual.put(snapshot.id(), new Known(snapshot.state().getClass(), snapshot.ssrc()));
            assertThat(snapshot.inStateNanos()).isBetween(0L, snapshot.ageNanos());
            assertThat(manager.bySsrc(snapshot.ssrc())).isSameAs(manager.get(snapshot.id()));
        }
        assertThat(actual).isEqualTo(model).isEqualTo(heard);
    }

    private static boolean apply(
            StreamManager<String> manager, Operation operation, long now, StreamSink out) {
        var id = new StreamId("s", operation.number);
        var config =
                new StreamConfig<String>(
                        "u", MediaKind.VIDEO, operation.ssrc, 100, Codec.VP8, now, null);
        StreamResult<String> result =
                switch (operation.kind) {
                    case CREATE -> manager.create(config, now, out);
                    case ACTIVATE -> manager.transition(id, new StreamState.Active(now), out);
                    case PAUSE -> manager.transition(id, new StreamState.Paused(now), out);
                    case MUTE -> manager.transition(id, new StreamState.Muted(now), out);
                    case STOP -> manager.transition(id, new Stopped(now), out);
                    case UPDATE -> manager.update(id, config, now, out);
                    case REMOVE -> manager.remove(id, now, out);
                };
        return result instanceof StreamResult.Done;
    }

    /** Changes the model; whether the manager ought to do it too. */
    private boolean expect(Operation operation) {
        var id = new StreamId("s", operation.number);
        Known known = model.get(id);
        return switch (operation.kind) {
            case CREATE -> expectCreated(operation.ssrc);
            case ACTIVATE -> expectState(id, StreamState.Active.class, true);
            case PAUSE -> expectState(id, StreamState.Paused.class, false);
            case MUTE -> expectState(id, StreamState.Muted.class, false);
            case STOP -> expectState(id, Stopped.class, true);
            case UPDATE -> known != null && expectUpdated(id, known, operation.ssrc);
            case REMOVE -> model.remove(id) != null;
        };
    }

    private boolean expectCreated(long ssrc) {
        if (model.size() == MAX || isTaken(ssrc)) {
            return false;
        }
        created++;
        model.put(new StreamId("s", created), new Known(StreamState.Initializing.class, ssrc));
        return true;
    }

    private boolean expectState(
            StreamId id, Class<? extends StreamState> next, boolean fromInitializing) {
        Known known = model.get(id);
        if (known == null
                || known.state == next
                || known.state == Stopped.class
                || (known.state == StreamState.Initializing.class && !fromInitializing)) {
            return false;
        }
        model.put(id, new Known(next, known.ssrc));
        return true;
    }

    private boolean expectUpdated(StreamId id, Known known, long ssrc) {
        if (known.state == Stopped.class || (known.ssrc != ssrc && isTaken(ssrc))) {
            return false;
        }
        model.put(id, new Known(known.state, ssrc));
        return true;
    }

    private boolean isTaken(long ssrc) {
        return model.values().stream().anyMatch(known -> known.ssrc == ssrc);
    }

    private void hear(StreamEvent event) {
        switch (event) {
            case StreamEvent.Created(StreamSnapshot stream, long _) ->
                    heard.put(stream.id(), new Known(stream.state().getClass(), stream.ssrc()));
            case StreamEvent.StateChanged(StreamId id, StreamState _, StreamState to) ->
                    heard.computeIfPresent(id, (_, known) -> new Known(to.getClass(), known.ssrc));
            case StreamEvent.Updated(StreamSnapshot _, StreamSnapshot after, long _) ->
                    heard.computeIfPresent(
                            after.id(), (_, known) -> new Known(known.state, after.ssrc()));
            case StreamEvent.Removed(StreamSnapshot last, long _) -> {
                assertThat(last.state()).isInstanceOf(Stopped.class);
                heard.remove(last.id());
            }
        }
    }

    @Provide
    Arbitrary<List<Operation>> operations() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.longs().between(1, 12),
                        Arbitraries.longs().between(0, 7))
                .as(Operation::new)
                .list()
                .ofMaxSize(60);
    }
}
