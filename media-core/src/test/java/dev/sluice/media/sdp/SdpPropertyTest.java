package dev.sluice.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Nothing but the parse error comes out of hostile text, and every answer is SDP again. */
class SdpPropertyTest {

    private static final List<String> HOSTILE =
            List.of(
                    "",
                    " ",
                    ":",
                    "/",
                    ";",
                    "=",
                    "-1",
                    "0",
                    "15",
                    "255",
                    "4294967296",
                    "99999999999",
                    "a=extmap:15 urn:ietf:params:rtp-hdrext:sdes:mid",
                    "a=mid:0",
                    "a=bundle-only",
                    "a=group:BUNDLE",
                    "a=rtpmap:96",
                    "a=rtpmap:96 H264/90000",
                    "a=fmtp:96 profile-level-id=zz;packetization-mode=7",
                    "a=fmtp:97 apt=97",
                    "a=ssrc-group:FID 1 99999999999",
                    "a=ssrc:x",
                    "a=simulcast:send",
                    "a=rid:",
                    "a=setup:",
                    "a=ice-ufrag:",
                    "m=video 9 UDP/TLS/RTP/SAVPF 96 96 96 96",
                    "m=x 0 x x",
                    "\u0000");

    @Provide
    Arbitrary<String> offers() {
        return Arbitraries.of(Offers.all());
    }

    @Property(tries = 300)
    void arbitraryTextNeverThrowsAnythingElse(@ForAll String text) {
        answerIfParsed(text);
        answerIfParsed("v=0\r\n" + text);
        fragmentIfParsed(text);
    }

    @Property(tries = 1500)
    void mutatedOffersNeverThrowAnythingElse(@ForAll("offers") String name, @ForAll long seed) {
        var random = new Random(seed);
        List<String> lines = new ArrayList<>(Offers.text(name).lines().toList());
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            mutate(lines, random);
        }
        String text = String.join("\r\n", lines);
        answerIfParsed(text);
        fragmentIfParsed(text);
    }

    private static void mutate(List<String> lines, Random random) {
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        String hostile = HOSTILE.get(random.nextInt(HOSTILE.size()));
        int cut = random.nextInt(line.length() + 1);
        switch (random.nextInt(6)) {
            case 0 -> lines.set(at, hostile);
            case 1 -> lines.add(at, hostile);
            case 2 -> lines.add(at, lines.get(random.nextInt(lines.size())));
            case 3 -> lines.set(at, line.substring(0, cut));
            case 4 -> lines.set(at, line.substring(0, cut) + hostile + line.substring(cut));
            default -> {
                if (lines.size() > 1) {
                    lines.remove(at);
                }
            }
        }
    }

    private static void answerIfParsed(String text) {
        SessionDescription offer;
        try {
            offer = SessionDescription.parse(text);
        } catch (SdpParseException _) {
            return;
        }
        answer(offer, Offers.receive());
        if (offer.media().size() <= 4) {
            answer(offer, Offers.send(List.of()));
        }
    }

    private static void answer(SessionDescription offer, AnswerPolicy policy) {
        if (OfferAnswer.negotiate(offer, policy) instanceof NegotiationResult.Negotiated agreed) {
            SessionDescription answer = Offers.parse(agreed.answer().toString());
            assertThat(answer).isEqualTo(agreed.answer());
            assertThat(answer.media()).hasSameSizeAs(offer.media());
        }
    }

    private static void fragmentIfParsed(String text) {
        try {
            IceFragment.parse(text);
        } catch (SdpParseException expected) {
            assertThat(expected.lineNumber()).isPositive();
        }
    }
}
