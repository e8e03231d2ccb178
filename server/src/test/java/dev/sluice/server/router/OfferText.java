package dev.sluice.server.router;

import dev.sluice.media.ice.IceCredentials;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.sdp.SdpParseException;
import dev.sluice.media.sdp.SessionDescription;

import java.util.List;
import java.util.Map;

/** Writes the offer of a simulated peer: one audio and one video section in a bundle. */
final class OfferText {

    static final HeaderExtensionMap EXTENSIONS =
            HeaderExtensionMap.of(
                    Map.of(
                            HeaderExtension.AUDIO_LEVEL, 1,
                            HeaderExtension.ABS_SEND_TIME, 2,
                            HeaderExtension.TRANSPORT_WIDE_CC, 3,
                            HeaderExtension.MID, 4,
                            HeaderExtension.RID, 5));

    static final String AUDIO_MID = "0";
    static final String VIDEO_MID = "1";

    private OfferText() {}

    /**
     * The payload types of a peer.
     *
     * @param rtx of VP8's retransmissions; {@link #NO_RTX} without
     * @param asksForSound whether NACK is for audio, too, which browsers do not offer
     */
    record Formats(int opus, int vp8, int rtx, boolean asksForSound) {

        static final int NO_RTX = -1;

        Formats(int opus, int vp8, int rtx) {
            this(opus, vp8, rtx, true);
        }

        boolean hasRtx() {
            return rtx != NO_RTX;
        }
    }

    static SessionDescription of(
            String direction,
            Formats formats,
            IceCredentials ice,
            String fingerprint,
            String setup) {
        return of(direction, formats, ice, fingerprint, setup, List.of());
    }

    /** As the other, with simulcast layers in the video section. */
    static SessionDescription of(
            String direction,
            Formats formats,
            IceCredentials ice,
            String fingerprint,
            String setup,
            List<String> rids) {
        String transport = transport(direction, ice, fingerprint, setup);
        return parse(
                String.join("\r\n", "v=0", "o=- 1 2 IN IP4 127.0.0.1", "s=-", "t=0 0")
                        + "\r\na=group:BUNDLE 0 1\r\n"
                        + audio(formats)
                        + mid(AUDIO_MID)
                        + transport
                        + video(formats)
                        + mid(VIDEO_MID)
                        + simulcast(rids)
                        + transport);
    }

    /** The offer with one more line in each media section. */
    static SessionDescription with(SessionDescription offer, String line) {
        return parse(offer.toString().replace("a=rtcp-mux\r\n", "a=rtcp-mux\r\n" + line + "\r\n"));
    }

    private static String audio(Formats formats) {
        String nack = formats.asksForSound() ? "a=rtcp-fb:%1$d nack\n" : "";
        return ("""
        m=audio 9 UDP/TLS/RTP/SAVPF %1$d
        c=IN IP4 0.0.0.0
        a=rtpmap:%1$d opus/48000/2
        a=rtcp-fb:%1$d transport-cc
        """
                        + nack)
                .formatted(formats.opus())
                .replace("\n", "\r\n");
    }

    private static String video(Formats formats) {
        String list = formats.vp8() + (formats.hasRtx() ? " " + formats.rtx() : "");
        String rtx =
                """
                a=rtpmap:%1$d rtx/90000
                a=fmtp:%1$d apt=%2$d
                """
                        .formatted(formats.rtx(), formats.vp8());
        return ("""
        m=video 9 UDP/TLS/RTP/SAVPF %2$s
        c=IN IP4 0.0.0.0
        a=rtpmap:%1$d VP8/90000
        a=rtcp-fb:%1$d nack
        a=rtcp-fb:%1$d nack pli
        a=rtcp-fb:%1$d transport-cc
        """
                                .formatted(formats.vp8(), list)
                        + (formats.hasRtx() ? rtx : ""))
                .replace("\n", "\r\n");
    }

    private static String simulcast(List<String> rids) {
        var text = new StringBuilder();
        rids.forEach(rid -> text.append("a=rid:").append(rid).append(" send\r\n"));
        if (!rids.isEmpty()) {
            text.append("a=simulcast:send ").append(String.join(";", rids)).append("\r\n");
        }
        return text.toString();
    }

    private static String mid(String mid) {
        return "a=mid:" + mid + "\r\n";
    }

    private static String transport(
            String direction, IceCredentials ice, String fingerprint, String setup) {
        var text = new StringBuilder();
        text.append("a=").append(direction).append("\r\n");
        text.append("a=ice-ufrag:").append(ice.ufrag()).append("\r\n");
        text.append("a=ice-pwd:").append(ice.password()).append("\r\n");
        text.append("a=fingerprint:").append(fingerprint).append("\r\n");
        text.append("a=setup:").append(setup).append("\r\na=rtcp-mux\r\n");
        if (!setup.equals("passive")) {
            text.append("a=rtcp-rsize\r\n"); // as browsers do, and ffmpeg does not
        }
        EXTENSIONS
                .ids()
                .forEach(
                        (extension, id) ->
                                text.append("a=extmap:%d %s\r\n".formatted(id, extension.uri())));
        return text.toString();
    }

    static SessionDescription parse(String sdp) {
        try {
            return SessionDescription.parse(sdp);
        } catch (SdpParseException e) {
            throw new IllegalArgumentException(sdp, e);
        }
    }
}
