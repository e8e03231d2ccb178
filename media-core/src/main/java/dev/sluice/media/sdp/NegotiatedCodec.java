package dev.sluice.media.sdp;

import dev.sluice.media.rtp.Codec;

import java.util.Map;

/**
 * A format that both sides agreed on.
 *
 * @param channels audio channels; 1 for video
 * @param parameters the offered format parameters ({@code a=fmtp}), names in lower case
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
        boolean transportCc) {

    public NegotiatedCodec {
        parameters = Map.copyOf(parameters);
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
                        transportCc);
    }
}
