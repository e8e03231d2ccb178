package dev.sluice.server.net;

import dev.sluice.server.router.Whereabouts;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Which loop has what, in maps that all loops and signalling share. */
public final class SharedWhereabouts implements Whereabouts {

    private final AtomicInteger admitted = new AtomicInteger();
    private final Map<String, Integer> streams = new ConcurrentHashMap<>();
    private final Map<String, Integer> sessions = new ConcurrentHashMap<>();
    private final Map<String, Integer> ufrags = new ConcurrentHashMap<>();

    @Override
    public boolean tryAdmit(int maxSessions) {
        if (admitted.incrementAndGet() > maxSessions) {
            admitted.decrementAndGet();
            return false;
        }
        return true;
    }

    @Override
    public void discharge() {
        admitted.decrementAndGet();
    }

    @Override
    public boolean claimStream(String stream, int loop) {
        return streams.putIfAbsent(stream, loop) == null;
    }

    @Override
    public void releaseStream(String stream) {
        streams.remove(stream);
    }

    @Override
    public int loopOfStream(String stream) {
        return streams.getOrDefault(stream, NOWHERE);
    }

    @Override
    public void addSession(String id, int loop) {
        sessions.put(id, loop);
    }

    @Override
    public void removeSession(String id) {
        sessions.remove(id);
    }

    @Override
    public int loopOfSession(String id) {
        return sessions.getOrDefault(id, NOWHERE);
    }

    @Override
    public void addUfrag(String ufrag, int loop) {
        ufrags.put(ufrag, loop);
    }

    @Override
    public void removeUfrag(String ufrag) {
        ufrags.remove(ufrag);
    }

    @Override
    public int loopOfUfrag(String ufrag) {
        return ufrags.getOrDefault(ufrag, NOWHERE);
    }

    @Override
    public void move(String id, List<String> names, @Nullable String stream, int from, int to) {
        sessions.replace(id, from, to);
        names.forEach(ufrag -> ufrags.replace(ufrag, from, to));
        if (stream != null) {
            streams.replace(stream, from, to);
        }
    }

    /** Whether nothing is anywhere; so it is when all sessions have ended, unless one leaks. */
    public boolean isEmpty() {
        return admitted.get() == 0 && streams.isEmpty() && sessions.isEmpty() && ufrags.isEmpty();
    }
}
