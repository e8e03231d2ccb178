package dev.sluice.media.stream;

import dev.sluice.media.stream.StreamRefusal.AlreadyStopped;
import dev.sluice.media.stream.StreamRefusal.DuplicateSsrc;
import dev.sluice.media.stream.StreamRefusal.IllegalTransition;
import dev.sluice.media.stream.StreamRefusal.TooManyStreams;
import dev.sluice.media.stream.StreamRefusal.UnknownStream;
import dev.sluice.media.stream.StreamResult.Done;
import dev.sluice.media.stream.StreamResult.Refused;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The streams of one session: creates, changes and removes them, and says so to a sink.
 *
 * <p>An SSRC is unique among the streams of the session, stopped ones included until they are
 * removed; other sessions may have the same. Where the SSRC of a stream that we send collides with
 * one of the other side's, RFC 3550 section 8.2 wants a BYE for the old one and another for the
 * stream: {@link #update} with {@link StreamConfig#withSsrc}.
 *
 * @param <K> the keys of a stream, such as SRTP's; kept for the caller
 */
public final class StreamManager<K> {

    private final String session;
    private final int maxStreams;
    private final Map<StreamId, RtpStream<K>> streams = new LinkedHashMap<>();
    private final Map<Long, RtpStream<K>> bySsrc = new LinkedHashMap<>();
    private long lastNumber;

    /**
     * @param session the id of the session, unique among all
     * @param maxStreams at a time, stopped ones included; at least 1
     */
    public StreamManager(String session, int maxStreams) {
        if (maxStreams < 1) {
            throw new IllegalArgumentException(
                    "At most " + maxStreams + " streams; expected 1 or more");
        }
        this.session = session;
        this.maxStreams = maxStreams;
    }

    /** Makes a stream, which begins as {@link StreamState.Initializing}. */
    public StreamResult<K> create(StreamConfig<K> config, long nowNanos, StreamSink out) {
        RtpStream<K> holder = bySsrc.get(config.ssrc());
        if (holder != null) {
            return new Refused<>(new DuplicateSsrc(config.ssrc(), holder.id()));
        }
        if (streams.size() >= maxStreams) {
            return new Refused<>(new TooManyStreams(maxStreams));
        }
        var stream = new RtpStream<>(new StreamId(session, ++lastNumber), config, nowNanos);
        streams.put(stream.id(), stream);
        bySsrc.put(config.ssrc(), stream);
        out.onStreamEvent(new StreamEvent.Created(stream.snapshot(nowNanos), nowNanos));
        return new Done<>(stream);
    }

    /** The stream, or null when there is none. */
    public @Nullable RtpStream<K> get(StreamId id) {
        return streams.get(id);
    }

    /** The stream that has the SSRC, or null when there is none. */
    public @Nullable RtpStream<K> bySsrc(long ssrc) {
        return bySsrc.get(ssrc);
    }

    /** Leads a stream to another state, which begins at its own time. */
    public StreamResult<K> transition(StreamId id, StreamState next, StreamSink out) {
        RtpStream<K> stream = streams.get(id);
        if (stream == null) {
            return unknown(id);
        }
        StreamState from = stream.state();
        if (!from.mayBecome(next)) {
            return new Refused<>(new IllegalTransition(from, next));
        }
        stream.become(next);
        out.onStreamEvent(new StreamEvent.StateChanged(id, from, next));
        return new Done<>(stream);
    }

    /**
     * Gives a stream another SSRC, format, bit rate or other keys.
     *
     * @param config made from the stream's own by its {@code with…} methods
     * @throws IllegalArgumentException when it has another user or is of another kind
     */
    public StreamResult<K> update(
            StreamId id, StreamConfig<K> config, long nowNanos, StreamSink out) {
        RtpStream<K> stream = streams.get(id);
        if (stream == null) {
            return unknown(id);
        }
        requireSameOwner(stream.config(), config);
        RtpStream<K> holder = bySsrc.get(config.ssrc());
        if (holder != null && holder != stream) {
            return new Refused<>(new DuplicateSsrc(config.ssrc(), holder.id()));
        }
        if (stream.state() instanceof StreamState.Stopped) {
            return new Refused<>(new AlreadyStopped(id));
        }
        StreamSnapshot before = stream.snapshot(nowNanos);
        bySsrc.remove(stream.config().ssrc());
        stream.reconfigure(config);
        bySsrc.put(config.ssrc(), stream);
        out.onStreamEvent(new StreamEvent.Updated(before, stream.snapshot(nowNanos), nowNanos));
        return new Done<>(stream);
    }

    private static void requireSameOwner(StreamConfig<?> before, StreamConfig<?> after) {
        if (!before.user().equals(after.user()) || before.kind() != after.kind()) {
            throw new IllegalArgumentException(
                    "%s of %s; expected the stream's own %s of %s"
                            .formatted(after.kind(), after.user(), before.kind(), before.user()));
        }
    }

    /** Stops a stream where that has not been done, and forgets it; its SSRC is free again. */
    public StreamResult<K> remove(StreamId id, long nowNanos, StreamSink out) {
        RtpStream<K> stream = streams.get(id);
        if (stream == null) {
            return unknown(id);
        }
        if (!(stream.state() instanceof StreamState.Stopped)) {
            transition(id, new StreamState.Stopped(nowNanos), out);
        }
        streams.remove(id);
        bySsrc.remove(stream.config().ssrc());
        out.onStreamEvent(new StreamEvent.Removed(stream.snapshot(nowNanos), nowNanos));
        return new Done<>(stream);
    }

    /** Removes all streams, as at the end of the session. */
    public void clear(long nowNanos, StreamSink out) {
        for (StreamId id : List.copyOf(streams.keySet())) {
            remove(id, nowNanos, out);
        }
    }

    public int size() {
        return streams.size();
    }

    /** All streams as they are now, in the order of their creation. */
    public List<StreamSnapshot> snapshots(long nowNanos) {
        var snapshots = new ArrayList<StreamSnapshot>(streams.size());
        streams.values().forEach(stream -> snapshots.add(stream.snapshot(nowNanos)));
        return snapshots;
    }

    private StreamResult<K> unknown(StreamId id) {
        return new Refused<>(new UnknownStream(id));
    }
}
