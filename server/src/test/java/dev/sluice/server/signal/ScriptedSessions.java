package dev.sluice.server.signal;

import dev.sluice.media.sdp.IceFragment;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.server.router.MediaSessions;
import dev.sluice.server.router.OfferOutcome;
import dev.sluice.server.router.PatchOutcome;
import dev.sluice.server.router.SessionName;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** Media sessions that note what they are asked and answer as set. */
final class ScriptedSessions implements MediaSessions {

    static final String ANSWER = "v=0\r\no=- 2 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

    final List<String> calls = new CopyOnWriteArrayList<>();

    /** Null is a defect. */
    volatile @Nullable OfferOutcome offerOutcome =
            new OfferOutcome.Accepted("s3cret", "gen1", ANSWER);

    volatile PatchOutcome patchOutcome = new PatchOutcome.Trickled();
    volatile String currentEtag = "gen1";
    volatile boolean isKnown = true;

    @Override
    public OfferOutcome publish(String stream, SessionDescription offer) {
        calls.add("publish " + stream);
        return Objects.requireNonNull(offerOutcome);
    }

    @Override
    public OfferOutcome watch(String stream, SessionDescription offer) {
        calls.add("watch " + stream);
        return Objects.requireNonNull(offerOutcome);
    }

    @Override
    public PatchOutcome patch(SessionName session, @Nullable String ifMatch, IceFragment fragment) {
        calls.add("patch " + session.id() + " " + ifMatch + " " + fragment.ufrag());
        if (ifMatch != null && !ifMatch.equals(currentEtag)) {
            return new PatchOutcome.Refused(PatchOutcome.Reason.STALE_ETAG, "an earlier one");
        }
        return patchOutcome;
    }

    @Override
    public boolean end(SessionName session) {
        calls.add("end " + session.role() + " " + session.stream() + " " + session.id());
        return isKnown;
    }
}
