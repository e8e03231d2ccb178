package dev.sluice.media.sdp;

import dev.sluice.media.rtp.Codec;

import java.util.Map;

/**
 * A format that both sides agreed on.
 *
 * @param channels audio channels; 1 for video
 * @param parameters the offered format parameters ({@code a=fmtp}), names in lower case
 * @param ccfb whether we are told of arrivals as in RFC 8888
 * @param rtxPayloadType the payload type of its retransmissions (RFC 4588), -1 without
 */
public record NegotiatedCodec(
        int payloadType,
        Codec codec,
        int clockRateHz,
        int channels,
        Map<String, String> parameters,
        int rtxPayloadType,
        boolean nack,
        boolean pli,
        boolean fir,
        boolean remb,
        boolean transportCc,
        boolean ccfb) {

    public NegotiatedCodec {
        parameters = Map.copyOf(parameters);
    }

    /** Without the feedback of RFC 8888. */
    public NegotiatedCodec(
            int payloadType,
            Codec codec,
            int clockRateHz,
            int channels,
            Map<String, String> parameters,
            int rtxPayloadType,
            boolean nack,
            boolean pli,
            boolean fir,
            boolean remb,
            boolean transportCc) {
        this(
                payloadType,
                codec,
                clockRateHz,
                channels,
                parameters,
                rtxPayloadType,
                nack,
                pli,
                fir,
                remb,
                transportCc,
                false);
    }

    /** The same format without retransmissions under a payload type of their own. */
    NegotiatedCodec withoutRtx() {
        return rtxPayloadType < 0
                ? this
                : new NegotiatedCodec(
                        payloadType,
                        codec,
                        clockRateHz,
                        channels,
                        parameters,
                        -1,
                        nack,
                        pli,
                        fir,
                        remb,
                        transportCc,
                        ccfb);
    }
}
