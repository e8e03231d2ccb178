package dev.sluice.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

class AttributeTypeTest {

    /** Each in the form that is written, so reading and writing it changes nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtpmap:111 opus/48000/2",
                "rtpmap:96 VP8/90000",
                "rtpmap:98 L16/16000/2/x",
                "fmtp:111 minptime=10;useinbandfec=1",
                "fmtp:63 111/111",
                "fmtp:101 0-15",
                "rtcp-fb:* nack",
                "rtcp-fb:96 nack pli",
                "rtcp-fb:98 trr-int 100",
                "rtcp-fb:98 ccm tmmbr smaxpr=120",
                "extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
                "extmap:2/recvonly urn:ietf:params:rtp-hdrext:csrc-audio-level",
                "extmap:4096/sendonly URI-gps-string with attributes",
                "extmap-allow-mixed",
                "cryptex",
                "ssrc:1314914044 cname:SL/4fI/U3VnQKMnT",
                "ssrc:1 msid:stream track",
                "ssrc:4294967295 label",
                "ssrc-group:FID 2069330282 4155030639",
                "ssrc-group:SIM 1 2 3",
                "ssrc-group:FEC-FR 1 2",
                "msid:stream track",
                "msid:- track",
                "msid:stream",
                "msid-semantic:WMS *",
                "msid-semantic:WMS",
                "mid:audio1",
                "group:BUNDLE 0 1",
                "group:LS 0 1",
                "group:BUNDLE",
                "bundle-only",
                "rid:l send",
                "rid:1 recv pt=97,98;max-width=1280;max-height=720;max-fps=30",
                "rid:5 send max-bpp=0.5;depend=1,2",
                "rid:6 send max-br",
                "simulcast:send l;m;h",
                "simulcast:send 1,~4;2;3 recv 5",
                "simulcast:recv ~send;recv",
                "ice-ufrag:9fce",
                "ice-pwd:796ed60b2275ac4635cb498f1319f76e",
                "ice-lite",
                "ice-options:trickle ice2 renomination",
                "candidate:1 1 udp 2113937151 192.0.2.1 51372 typ host",
                "candidate:1 1 udp 1 2001:db8::1 9 typ srflx raddr 0.0.0.0 rport 9 generation 0",
                "candidate:1 1 quic 1 192.0.2.1 9 typ teleported",
                "end-of-candidates",
                "fingerprint:sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB",
                "setup:actpass",
                "setup:holdconn",
                "tls-id:91bbf309c0990a6bec11e38ba2933cee",
                "rtcp-mux",
                "rtcp-mux-only",
                "rtcp-rsize",
                "rtcp:53020 IN IP6 2001:2345:6789:ABCD:EF01:2345:6789:ABCD",
                "rtcp:53020",
                "sctp-port:5000",
                "max-message-size:262144",
                "source-filter:excl IN * * 192.0.2.10 192.0.2.11",
                "crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz",
                "inactive",
            })
    void writesWhatItRead(String line) {
        SdpAttribute attribute = SdpAttribute.parse(line);

        assertThat(rewritten(AttributeType.ofName(attribute.name()), attribute.value()))
                .hasToString("a=" + line);
    }

    private static <T> SdpAttribute rewritten(@Nullable AttributeType<T> type, String value) {
        assertThat(type).isNotNull();
        T read = type.read(value);
        assertThat(read).isNotNull();
        return type.line(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtpmap:128 opus/48000/2",
                "rtpmap:96 VP8",
                "rtpmap:96 VP8/0",
                "rtpmap:96",
                "fmtp:96",
                "rtcp-fb:x nack",
                "rtcp-fb:96",
                "extmap:x urn:a",
                "extmap:3",
                "extmap:3/both urn:a",
                "extmap-allow-mixed:yes",
                "ssrc:4294967296 cname:a",
                "ssrc-group:FID",
                "ssrc-group:FID 1 x",
                "msid:",
                "msid:a b c",
                "mid:",
                "mid:a b",
                "group:",
                "rid:l",
                "rid:l both",
                "rid:l~ send",
                "rid:l send pt=x",
                "rid:l send max-width=wide",
                "rid:l send pt=1;pt=2",
                "simulcast:",
                "simulcast:send",
                "simulcast:send a;;b",
                "simulcast:send a send b",
                "simulcast:both a",
                "ice-ufrag:abc",
                "ice-pwd:short",
                "ice-options:",
                "candidate:",
                "candidate:1 1 udp x 192.0.2.1 9 typ host",
                "candidate:1 1 udp 1 192.0.2.1 70000 typ host",
                "fingerprint:sha-256",
                "fingerprint:sha-256 AAB:B",
                "fingerprint:sha-256 AA:",
                "fingerprint:sha-256 GG",
                "setup:maybe",
                "tls-id:short",
                "rtcp:70000",
                "rtcp:9 IN IP4",
                "sctp-port:65536",
                "max-message-size:-1",
                "ptime:soon",
                "source-filter:incl IN IP4 192.0.2.1",
                "crypto:x AES_CM_128_HMAC_SHA1_80 inline:abc",
                "sendrecv:now",
            })
    void refusesAnotherFormWithTheLine(String line) {
        String text = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=" + line + "\r\na=x\r\n";
        SdpParseException error =
                catchThrowableOfType(SdpParseException.class, () -> SessionDescription.parse(text));

        assertThat(error).isNotNull();
        assertThat(error.lineNumber()).isEqualTo(5);
        assertThat(error).hasMessageStartingWith("line 5: expected a=" + line.split(":", 2)[0]);
    }

    @Test
    void takesTheSpacesThatClientsWrite() {
        assertThat(AttributeType.MSID_SEMANTIC.read(" WMS *"))
                .isEqualTo(new MsidSemantic("WMS", List.of("*")));
        assertThat(AttributeType.SOURCE_FILTER.read(" incl IN IP4 232.3.4.5 192.0.2.10"))
                .isNotNull();
        assertThat(AttributeType.SETUP.read("ACTPASS")).isEqualTo(SetupRole.ACTPASS);
    }

    @Test
    void splitsParametersIntoPairs() {
        Fmtp fmtp = AttributeType.FMTP.read("102 Profile-Level-Id=42e01f; packetization-mode=1;");

        assertThat(fmtp).isNotNull();
        assertThat(fmtp.values())
                .containsExactlyEntriesOf(
                        new TreeMap<>(
                                        Map.of(
                                                "profile-level-id",
                                                "42e01f",
                                                "packetization-mode",
                                                "1"))
                                .descendingMap());
    }

    @Test
    void readsTheValuesThemselves() {
        assertThat(AttributeType.RTPMAP.read("111 opus/48000/2"))
                .isEqualTo(new RtpMap(111, "opus", 48_000, "2"))
                .extracting(RtpMap::channels)
                .isEqualTo(2);
        assertThat(AttributeType.EXTMAP.read("2/recvonly urn:a x y"))
                .isEqualTo(new Extmap(2, Optional.of(Direction.RECVONLY), "urn:a", "x y"));
        assertThat(AttributeType.RID.read("1 recv pt=97,98;max-width=1280"))
                .isEqualTo(new Rid("1", false, List.of(97, 98), Map.of("max-width", "1280")));
        assertThat(AttributeType.SIMULCAST.read("recv 5 send 1,~4;2"))
                .isEqualTo(
                        new Simulcast(
                                List.of(
                                        List.of(version("1", false), version("4", true)),
                                        List.of(version("2", false))),
                                List.of(List.of(version("5", false)))));
        assertThat(AttributeType.PTIME.read("2.5")).isEqualTo(2.5);
        assertThat(AttributeType.SSRC_GROUP.read("SIM 1 2"))
                .isEqualTo(new SsrcGroup(SsrcGroup.SIM, List.of(1L, 2L)));
        assertThat(new RtcpFeedback("*", "nack").appliesTo(96)).isTrue();
        assertThat(new RtcpFeedback("97", "nack").appliesTo(96)).isFalse();
    }

    private static Simulcast.Version version(String rid, boolean isPaused) {
        return new Simulcast.Version(rid, isPaused);
    }

    @Test
    void ignoresCandidatesOfUnknownTypesAmongOthers() {
        MediaDescription media =
                Offers.parse(
                                """
                                v=0
                                o=- 1 1 IN IP4 0.0.0.0
                                s=-
                                t=0 0
                                m=audio 9 UDP/TLS/RTP/SAVPF 0
                                a=candidate:1 1 quic 1 192.0.2.1 9 typ teleported
                                a=candidate:1 1 udp 2113937151 192.0.2.7 51372 typ host
                                """)
                        .media()
                        .getFirst();

        assertThat(media.candidates())
                .singleElement()
                .satisfies(candidate -> assertThat(candidate.address()).isEqualTo("192.0.2.7"));
    }
}
