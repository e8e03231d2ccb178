package dev.sluice.server.libwebrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.sdp.AnswerPolicy;
import dev.sluice.media.sdp.AnswerResult;
import dev.sluice.media.sdp.AppliedAnswer;
import dev.sluice.media.sdp.DescriptionType;
import dev.sluice.media.sdp.Direction;
import dev.sluice.media.sdp.LocalTrack;
import dev.sluice.media.sdp.MediaDescription;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.media.sdp.Negotiation;
import dev.sluice.media.sdp.NegotiationResult;
import dev.sluice.media.sdp.NegotiationStep;
import dev.sluice.media.sdp.OfferPolicy;
import dev.sluice.media.sdp.SessionChange;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.media.sdp.Transceiver;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** libwebrtc takes our descriptions and we take its, also where sections come and go. */
@Timeout(120)
class NegotiationWithLibwebrtcTest {

    private static final String FINGERPRINT = "sha-256 " + "AB:".repeat(31) + "AB";
    private static final String PASSWORD = "passwordpasswordpassword";
    private static final String CANDIDATE = "1 1 udp 2130706431 192.0.2.1 8081 typ host";

    private static final HeaderExtensionMap EXTENSIONS =
            HeaderExtensionMap.of(
                    Map.of(HeaderExtension.MID, 1, HeaderExtension.TRANSPORT_WIDE_CC, 2));

    private static final NegotiatedCodec OPUS =
            new NegotiatedCodec(
                    111, Codec.OPUS, 48_000, 2, Map.of(), -1, false, false, false, false, true);

    private static final NegotiatedCodec VP8 =
            new NegotiatedCodec(
                    96, Codec.VP8, 90_000, 1, Map.of(), 97, true, true, true, false, true);

    private final DescribedPeer peer = new DescribedPeer();
    private Negotiation session = Negotiation.begin();
    private int generation;

    @AfterEach
    void close() {
        peer.close();
    }

    private static Transceiver section(String mid, MediaKind kind, Direction direction) {
        long ssrc = 1000 + 2 * Long.parseLong(mid);
        LocalTrack track = new LocalTrack("stream", "track" + mid, ssrc, ssrc + 1, "cname");
        return new Transceiver(
                mid,
                kind,
                direction,
                List.of(kind == MediaKind.AUDIO ? OPUS : VP8),
                EXTENSIONS,
                Optional.of(track));
    }

    private static OfferPolicy offerPolicy(String ufrag) {
        return new OfferPolicy(
                1, ufrag, PASSWORD, List.of(CANDIDATE), true, false, List.of(FINGERPRINT));
    }

    private static NegotiationStep.Taken taken(NegotiationStep step) {
        return switch (step) {
            case NegotiationStep.Taken taken -> taken;
            case NegotiationStep.Refused(String why) -> throw new AssertionError(why);
        };
    }

    /** One round of our offer and libwebrtc's answer. */
    private SessionChange offer(String ufrag, Transceiver... transceivers) throws Exception {
        SessionDescription offer = session.createOffer(offerPolicy(ufrag), List.of(transceivers));
        session = taken(session.local(DescriptionType.OFFER, offer)).next();
        SessionDescription answer = SessionDescription.parse(peer.answerTo(offer.write()));
        NegotiationStep.Taken taken = taken(session.remote(DescriptionType.ANSWER, answer));
        session = taken.next();
        return taken.change();
    }

    private AnswerResult.Applied applied() {
        SessionDescription offer = session.currentLocal().orElseThrow();
        return switch (AppliedAnswer.of(offer, session.currentRemote().orElseThrow())) {
            case AnswerResult.Applied applied -> applied;
            case AnswerResult.Refused(String why) -> throw new AssertionError(why);
        };
    }

    @Test
    void answersOurOffersWhileSectionsComeAndGo() throws Exception {
        Transceiver audio = section("0", MediaKind.AUDIO, Direction.SENDONLY);
        Transceiver video = section("1", MediaKind.VIDEO, Direction.SENDONLY);
        Transceiver back = section("2", MediaKind.VIDEO, Direction.RECVONLY);
        Transceiver late = section("3", MediaKind.AUDIO, Direction.SENDONLY);

        assertThat(offer("ufragA", audio, video).added()).containsExactly("0", "1");
        AnswerResult.Applied first = applied();
        assertThat(first.session().media())
                .flatExtracting(NegotiatedMedia::codecs)
                .extracting(NegotiatedCodec::payloadType)
                .containsExactly(111, 96);
        assertThat(first.session().media().get(1).codecs().getFirst().rtxPayloadType())
                .isEqualTo(97);
        assertThat(first.flows())
                .extracting(AnswerResult.Flow::direction)
                .containsOnly(Direction.SENDONLY);

        assertThat(offer("ufragA", audio, video, back).added()).containsExactly("2");
        SessionChange stopped = offer("ufragA", audio, back);
        assertThat(stopped.removed()).containsExactly("1");
        assertThat(stopped.restarted()).isEmpty();
        assertThat(session.currentRemote().orElseThrow().media())
                .extracting(media -> media.port() != 0)
                .containsExactly(true, false, true);

        assertThat(offer("ufragA", audio, back, late).added()).containsExactly("3");
        assertThat(session.currentLocal().orElseThrow().media())
                .extracting(media -> media.mid().orElseThrow())
                .containsExactly("0", "3", "2");
        assertThat(applied().session().media())
                .extracting(NegotiatedMedia::kind)
                .containsExactly(MediaKind.AUDIO, MediaKind.AUDIO, MediaKind.VIDEO);

        assertThat(offer("ufragB", audio, back, late).restarted()).containsExactly("0", "3", "2");
    }

    private static AnswerPolicy answerPolicy(String ufrag) {
        return new AnswerPolicy(
                AnswerPolicy.Role.RECEIVE,
                1,
                ufrag,
                PASSWORD,
                List.of(CANDIDATE),
                FINGERPRINT,
                List.of(),
                List.of());
    }

    /** One round of libwebrtc's offer and our answer; what the offer proposes. */
    private SessionChange answer() throws Exception {
        SessionDescription offer = SessionDescription.parse(peer.offer());
        NegotiationStep.Taken offered = taken(session.remote(DescriptionType.OFFER, offer));
        if (!offered.change().restarted().isEmpty()) {
            generation++;
        }
        if (!(offered.next().createAnswer(answerPolicy("ufrag" + generation))
                instanceof NegotiationResult.Negotiated agreed)) {
            throw new AssertionError("Refused: " + offer);
        }
        session = taken(offered.next().local(DescriptionType.ANSWER, agreed.answer())).next();
        peer.takeAnswer(agreed.answer().write());
        return offered.change();
    }

    @Test
    void takesOurAnswersWhileSectionsComeAndGo() throws Exception {
        RTCRtpTransceiver video = peer.addVideo();
        assertThat(answer().added()).containsExactly("0");

        peer.addAudio();
        assertThat(answer().added()).containsExactly("1");

        peer.stop(video);
        assertThat(answer().removed()).containsExactly("0");
        assertThat(session.currentLocal().orElseThrow().media())
                .extracting(MediaDescription::port)
                .containsExactly(0, 9);

        // The new section takes the first place and stands for the bundle: with a new transport.
        peer.addVideo();
        SessionChange reused = answer();
        assertThat(reused.added()).containsExactly("2");
        assertThat(reused.restarted()).containsExactly("1");
        assertThat(session.currentRemote().orElseThrow().media())
                .extracting(media -> media.mid().orElseThrow())
                .containsExactly("2", "1");

        // A second video is declined here, and its place free for what comes next.
        peer.addVideo();
        answer();
        assertThat(session.currentLocal().orElseThrow().media())
                .extracting(MediaDescription::port)
                .containsExactly(9, 9, 0);

        peer.restartIce();
        assertThat(answer().restarted()).containsExactly("2", "1");
    }
}
