package dev.sluice.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.ArrayList;
import java.util.Collections;
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
        switch (random.nextInt(8)) {
            case 0 -> lines.set(at, hostile);
            case 1 -> lines.add(at, hostile);
            case 2 -> lines.add(at, lines.get(random.nextInt(lines.size())));
            case 3 -> lines.set(at, line.substring(0, cut));
            case 4 -> Collections.swap(lines, at, random.nextInt(lines.size()));
            case 5 -> lines.set(at, flip(line, random));
            case 6 -> lines.set(at, line.substring(0, cut) + hostile + line.substring(cut));
            default -> {
                if (lines.size() > 1) {
                    lines.remove(at);
                }
            }
        }
    }

    private static String flip(String line, Random random) {
        if (line.isEmpty()) {
            return line;
        }
        char[] chars = line.toCharArray();
        chars[random.nextInt(chars.length)] ^= (char) (1 << random.nextInt(8));
        return new String(chars);
    }

    /** What was agreed on is told apart from what another answer would say. */
    @Property(tries = 300)
    void mutatedAnswersAreTakenOrRefused(@ForAll("offers") String name, @ForAll long seed) {
        var random = new Random(seed);
        SessionDescription offer = Offers.parse(Offers.text(name));
        AnswerPolicy policy =
                Offers.PUBLISHING.contains(name) ? Offers.receive() : Offers.send(List.of());
        List<String> lines =
                new ArrayList<>(
                        Offers.negotiate(Offers.text(name), policy)
                                .answer()
                                .write()
                                .lines()
                                .toList());
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            mutate(lines, random);
        }
        SessionDescription answer;
        try {
            answer = SessionDescription.parse(String.join("\r\n", lines));
        } catch (SdpParseException _) {
            return;
        }
        Negotiation offered = taken(Negotiation.begin().local(DescriptionType.OFFER, offer));
        boolean isApplied = AppliedAnswer.of(offer, answer) instanceof AnswerResult.Applied;
        NegotiationStep step = offered.remote(DescriptionType.ANSWER, answer);
        if (isApplied && step instanceof NegotiationStep.Refused(String why)) {
            assertThat(why).contains("mid");
        }
    }

    private static Negotiation taken(NegotiationStep step) {
        return ((NegotiationStep.Taken) step).next();
    }

    @Provide
    Arbitrary<SessionDescription> descriptions() {
        Arbitrary<String> word =
                Arbitraries.strings().withChars("abcXYZ019-._{}").ofMinLength(1).ofMaxLength(8);
        Arbitrary<Long> number = Arbitraries.longs().between(0, 999_999_999_999L);
        Arbitrary<Connection> connection =
                Combinators.combine(Arbitraries.of("IP4", "IP6"), word)
                        .as((type, address) -> new Connection("IN", type, address));
        Arbitrary<Bandwidth> bandwidth = Combinators.combine(word, number).as(Bandwidth::new);
        Arbitrary<SdpAttribute> attribute =
                Combinators.combine(word.map(name -> "x-" + name), word.injectDuplicates(0.1))
                        .as(SdpAttribute::new);
        Arbitrary<Attributes> attributes = attribute.list().ofMaxSize(6).map(Attributes::new);
        Arbitrary<TimeDescription> time =
                Combinators.combine(
                                number,
                                number,
                                Arbitraries.of("7d 1h 0", "604800 3600 0 90000")
                                        .list()
                                        .ofMaxSize(3),
                                Arbitraries.of("0 -1h", "2882844526 -1h 2898848070 0").optional())
                        .as(TimeDescription::new);
        Arbitrary<Origin> origin =
                Combinators.combine(word, number, number, word)
                        .as((user, id, v, at) -> new Origin(user, "" + id, v, "IN", "IP4", at));
        Arbitrary<SessionHead> head =
                Combinators.combine(
                                origin,
                                word,
                                word.optional(),
                                word.list().ofMaxSize(2),
                                connection.optional(),
                                bandwidth.list().ofMaxSize(2),
                                time.list().ofMinSize(1).ofMaxSize(3),
                                word.optional())
                        .as(
                                (o, name, text, list, c, b, times, key) ->
                                        new SessionHead(
                                                o, name, text, text, list, list, c, b, times, key));
        Arbitrary<MediaDescription> media =
                Combinators.combine(
                                word,
                                Arbitraries.integers().between(0, 65535),
                                Arbitraries.integers().between(1, 9),
                                word.list().ofMinSize(1).ofMaxSize(5),
                                word.optional(),
                                connection.list().ofMaxSize(3),
                                bandwidth.list().ofMaxSize(2),
                                attributes)
                        .as(
                                (type, port, count, formats, text, c, b, lines) ->
                                        new MediaDescription(
                                                type, port, count, "RTP/AVP", formats, text, c, b,
                                                text, lines));
        return Combinators.combine(head, attributes, media.list().ofMaxSize(4))
                .as(SessionDescription::new);
    }

    @Property(tries = 500)
    void everyDescriptionReadsAsItWasWritten(@ForAll("descriptions") SessionDescription written) {
        String text = written.write();

        assertThat(Offers.parse(text)).isEqualTo(written);
        assertThat(Offers.parse(text).write()).isEqualTo(text);
        assertThat(Offers.parse(text.replace("\r\n", "\n"))).isEqualTo(written);
    }

    private static void answerIfParsed(String text) {
        SessionDescription offer;
        try {
            offer = SessionDescription.parse(text);
        } catch (SdpParseException refused) {
            assertThat(refused.lineNumber()).isBetween(1, Math.max(1, text.split("\n", -1).length));
            return;
        }
        assertThat(Offers.parse(offer.write())).isEqualTo(offer);
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
