package dev.sluice.server.router;

import dev.sluice.media.bwe.EstimatorSettings;
import dev.sluice.media.ice.IceCandidate;
import dev.sluice.media.ice.IceCredentials;
import dev.sluice.media.sdp.AnswerPolicy;
import dev.sluice.media.sdp.LocalTrack;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.media.sdp.NegotiatedSession;
import dev.sluice.media.sdp.NegotiationResult;
import dev.sluice.media.sdp.OfferAnswer;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.LoopTools;
import dev.sluice.server.session.Mailbox;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.SendSettings;
import dev.sluice.server.session.SessionSetup;
import dev.sluice.srtp.keys.CertificateIdentity;
import dev.sluice.srtp.keys.DtlsFingerprint;
import dev.sluice.video.rewrite.PacketNumbers;

import io.netty.buffer.ByteBufAllocator;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes sessions of offers: answers them and puts the parts together. */
final class SessionFactory {

    /** 128 bits: nobody guesses the URL of another's session. */
    private static final int SESSION_ID_BYTES = 16;

    private final EngineSettings settings;
    private final LoopTools tools;

    /** Of the one packet of the loop that is on its way to a viewer. */
    private final PacketNumbers numbers = new PacketNumbers();

    private final RandomGenerator random;
    private final List<String> candidates;

    SessionFactory(
            EngineSettings settings,
            Mailbox mailbox,
            ByteBufAllocator allocator,
            RandomGenerator random,
            LoopCounters counters) {
        this.settings = settings;
        this.random = random;
        this.tools =
                new LoopTools(
                        settings.handshakes().forLoop(),
                        counters,
                        mailbox,
                        allocator,
                        settings.sending().batching());
        this.candidates = attributeValues(settings.candidates());
    }

    /** What became of an offer. */
    sealed interface Created {

        record Made(Peer peer, String answerSdp) implements Created {}

        record Refused(String why) implements Created {}
    }

    /** What a session brings of its own. */
    private record Local(IceCredentials ice, CertificateIdentity identity, boolean sends) {}

    /** How a role makes its peer of a session. */
    private interface RoleOf {

        Peer peer(PeerSession session);
    }

    Created publisher(Room room, SessionDescription offer, long nowNanos) {
        Local local = local(false, nowNanos);
        AnswerPolicy policy = policy(AnswerPolicy.Role.RECEIVE, local, List.of(), List.of());
        return create(
                room,
                offer,
                policy,
                local,
                nowNanos,
                session -> new Publisher(session, room, tools.counters()));
    }

    Created subscriber(Room room, SessionDescription offer, long nowNanos) {
        Local local = local(true, nowNanos);
        List<LocalTrack> tracks = localTracks(room, offer.media().size());
        AnswerPolicy policy = policy(AnswerPolicy.Role.SEND, local, published(room), tracks);
        return create(
                room, offer, policy, local, nowNanos, session -> subscriber(session, room, tracks));
    }

    private Subscriber subscriber(PeerSession session, Room room, List<LocalTrack> tracks) {
        return new Subscriber(session, room, subscribedTracks(session, tracks), tracks);
    }

    /** A peer that comes from another loop. */
    Peer moved(MovingPeer moving, Room room) {
        PeerSession session = new PeerSession(moving.session(), tools);
        if (moving.role() == Role.PUBLISHER) {
            return new Publisher(session, room, tools.counters());
        }
        Subscriber viewer = subscriber(session, room, moving.tracks());
        for (int i = 0; i < viewer.tracks().size(); i++) {
            viewer.tracks().get(i).wish(moving.wishes().get(i));
        }
        return viewer;
    }

    private Created create(
            Room room,
            SessionDescription offer,
            AnswerPolicy policy,
            Local local,
            long nowNanos,
            RoleOf role) {
        return switch (OfferAnswer.negotiate(offer, policy)) {
            case NegotiationResult.Refused(String why) -> new Created.Refused(why);
            case NegotiationResult.Negotiated(
                            SessionDescription answer,
                            NegotiatedSession agreed) ->
                    create(room, answer, agreed, local, nowNanos, role);
        };
    }

    private Created create(
            Room room,
            SessionDescription answer,
            NegotiatedSession agreed,
            Local local,
            long nowNanos,
            RoleOf role) {
        SessionSetup setup;
        try {
            setup = setup(room, agreed, local);
        } catch (IllegalArgumentException malformed) {
            return new Created.Refused(String.valueOf(malformed.getMessage()));
        }
        Peer peer = role.peer(new PeerSession(setup, nowNanos));
        return new Created.Made(peer, answer.toString());
    }

    private Local local(boolean sends, long nowNanos) {
        return new Local(
                IceCredentials.random(random), settings.identities().current(nowNanos), sends);
    }

    private AnswerPolicy policy(
            AnswerPolicy.Role role,
            Local local,
            List<NegotiatedCodec> wanted,
            List<LocalTrack> tracks) {
        return new AnswerPolicy(
                role,
                random.nextLong(1, Long.MAX_VALUE),
                local.ice().ufrag(),
                local.ice().password(),
                candidates,
                local.identity().fingerprint().toSdp(),
                wanted,
                tracks);
    }

    private SessionSetup setup(Room room, NegotiatedSession agreed, Local local) {
        return new SessionSetup(
                randomId(),
                room.name(),
                cname(room),
                randomSsrc(),
                agreed,
                local.ice(),
                new IceCredentials(agreed.remoteUfrag(), agreed.remotePwd()),
                DtlsFingerprint.parse(agreed.remoteFingerprint()),
                local.identity(),
                local.sends() ? sending(agreed) : null,
                settings.profiles(),
                settings.ciphers(),
                settings.timeouts(),
                tools);
    }

    /**
     * Who tells nothing of his network but losses is taken to have enough of it until he loses
     * something.
     */
    private SendSettings sending(NegotiatedSession agreed) {
        SendSettings sending = settings.sending();
        EstimatorSettings known = sending.estimation();
        boolean hasFeedback =
                agreed.media().stream()
                        .flatMap(media -> media.codecs().stream())
                        .anyMatch(codec -> codec.transportCc() || codec.remb() || codec.ccfb());
        return hasFeedback
                ? sending
                : new SendSettings(
                        new EstimatorSettings(
                                known.mode(), known.maxBps(), known.minBps(), known.maxBps()),
                        sending.pacing(),
                        sending.batching());
    }

    private List<SubscribedTrack> subscribedTracks(PeerSession session, List<LocalTrack> tracks) {
        List<SubscribedTrack> subscribed = new ArrayList<>();
        for (NegotiatedMedia media : session.negotiated().media()) {
            LocalTrack track = tracks.get(media.index());
            HeaderRewriter rewriter =
                    new HeaderRewriter(media.extensions(), media.mid(), tools.allocator());
            subscribed.add(
                    new SubscribedTrack(
                            session, media, track, rewriter, tools.counters(), numbers, random));
        }
        return subscribed;
    }

    /** What the room's publisher sends; the formats in use come first. */
    private static List<NegotiatedCodec> published(Room room) {
        List<PublishedTrack> tracks = room.tracks();
        List<NegotiatedCodec> codecs = new ArrayList<>();
        if (tracks != null) {
            tracks.forEach(track -> codecs.addAll(track.formats()));
        }
        return codecs;
    }

    private List<LocalTrack> localTracks(Room room, int count) {
        List<LocalTrack> tracks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tracks.add(
                    new LocalTrack(
                            "sluice",
                            "track-" + i,
                            randomSsrc(),
                            randomSsrc(),
                            randomSsrc(),
                            cname(room)));
        }
        return tracks;
    }

    private static String cname(Room room) {
        return "sluice-" + room.name();
    }

    /** Not 0, which some endpoints take for "none". */
    private long randomSsrc() {
        return random.nextLong(1, 1L << 32);
    }

    private String randomId() {
        byte[] id = new byte[SESSION_ID_BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    int runningHandshakes() {
        return tools.handshakes().running();
    }

    /** Candidates as values of {@code a=candidate} lines. */
    static List<String> attributeValues(List<IceCandidate> candidates) {
        return candidates.stream()
                .map(candidate -> candidate.toAttribute().replaceFirst("^candidate:", ""))
                .toList();
    }
}
