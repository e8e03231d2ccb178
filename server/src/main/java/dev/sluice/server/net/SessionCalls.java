package dev.sluice.server.net;

import dev.sluice.server.router.SessionName;
import dev.sluice.server.router.Whereabouts;

import java.util.function.Predicate;

/**
 * Asks the loop that has a session, or a stream's publisher. Who is asked may have sent it to
 * another loop just before; then that one is asked.
 */
final class SessionCalls {

    /** A session moves twice at most. */
    private static final int MAX_ATTEMPTS = 4;

    private final LoopGroup loops;

    SessionCalls(LoopGroup loops) {
        this.loops = loops;
    }

    /** Any loop answers for a session that is nowhere. */
    <T> T ofSession(SessionName session, EngineLoop.Request<T> request) {
        Whereabouts whereabouts = loops.whereabouts();
        int loop = Math.max(0, whereabouts.loopOfSession(session.id()));
        for (int attempt = 1; ; attempt++) {
            // What the loop answers is of no use where the session was not there any more.
            Found<T> found = ask(loop, session, request);
            int now = whereabouts.loopOfSession(session.id());
            if (found.isThere()
                    || now == loop
                    || now == Whereabouts.NOWHERE
                    || attempt == MAX_ATTEMPTS) {
                return found.answer();
            }
            loop = now;
        }
    }

    private record Found<T>(boolean isThere, T answer) {}

    private <T> Found<T> ask(int loop, SessionName session, EngineLoop.Request<T> request) {
        return loops.loop(loop)
                .call(
                        (engine, now, out) ->
                                new Found<>(
                                        engine.serves(session), request.answer(engine, now, out)));
    }

    /**
     * Asks the loop of the stream's publisher, any where there is none.
     *
     * @param isMissed whether an answer may mean that the publisher has gone to another loop
     */
    <T> T ofStream(String stream, EngineLoop.Request<T> request, Predicate<T> isMissed) {
        Whereabouts whereabouts = loops.whereabouts();
        int loop = whereabouts.loopOfStream(stream);
        for (int attempt = 1; ; attempt++) {
            int asked = loop == Whereabouts.NOWHERE ? loops.nextLoop() : loop;
            T answer = loops.loop(asked).call(request);
            int now = whereabouts.loopOfStream(stream);
            if (!isMissed.test(answer)
                    || now == asked
                    || now == Whereabouts.NOWHERE
                    || attempt == MAX_ATTEMPTS) {
                return answer;
            }
            loop = now;
        }
    }
}
