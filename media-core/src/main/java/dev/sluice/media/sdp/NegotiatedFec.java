package dev.sluice.media.sdp;

/**
 * How the packets of a media section may be protected against loss. A payload type is -1 where its
 * format was not agreed on.
 *
 * @param redPayloadType redundant audio, or what ULPFEC and the media it protects travel in (RFC
 *     2198)
 * @param redInnerPayloadType the audio inside of RED; -1 for video, whose RED holds any of its
 *     formats
 * @param redRtxPayloadType retransmissions of RED (RFC 4588)
 * @param ulpfecPayloadType inside of RED (RFC 5109)
 * @param flexfec03PayloadType draft-ietf-payload-flexible-fec-scheme-03, as browsers have it
 * @param flexfecPayloadType RFC 8627
 * @param repairWindowMicros how long the sender of FlexFEC may take from a packet to its repair, 0
 *     where nothing is said
 */
public record NegotiatedFec(
        int redPayloadType,
        int redInnerPayloadType,
        int redRtxPayloadType,
        int ulpfecPayloadType,
        int flexfec03PayloadType,
        int flexfecPayloadType,
        long repairWindowMicros) {

    public static final NegotiatedFec NONE = new NegotiatedFec(-1, -1, -1, -1, -1, -1, 0);

    public boolean hasRed() {
        return redPayloadType >= 0;
    }

    public boolean hasUlpfec() {
        return ulpfecPayloadType >= 0;
    }

    /** Whether there is a repair stream with an SSRC of its own. */
    public boolean hasFlexfec() {
        return flexfec03PayloadType >= 0 || flexfecPayloadType >= 0;
    }

    NegotiatedFec withoutRed() {
        return new NegotiatedFec(
                -1, -1, -1, -1, flexfec03PayloadType, flexfecPayloadType, repairWindowMicros);
    }

    NegotiatedFec withoutRedRtx() {
        return new NegotiatedFec(
                redPayloadType,
                redInnerPayloadType,
                -1,
                ulpfecPayloadType,
                flexfec03PayloadType,
                flexfecPayloadType,
                repairWindowMicros);
    }

    NegotiatedFec withoutFlexfec03() {
        return new NegotiatedFec(
                redPayloadType,
                redInnerPayloadType,
                redRtxPayloadType,
                ulpfecPayloadType,
                -1,
                flexfecPayloadType,
                repairWindowMicros);
    }

    NegotiatedFec withoutFlexfec() {
        return new NegotiatedFec(
                redPayloadType,
                redInnerPayloadType,
                redRtxPayloadType,
                ulpfecPayloadType,
                flexfec03PayloadType,
                -1,
                repairWindowMicros);
    }

    /**
     * What we send with: one of them. FlexFEC leaves the media's numbers alone, and of its two
     * forms browsers know the draft's.
     */
    NegotiatedFec preferred() {
        if (flexfec03PayloadType >= 0) {
            return withoutFlexfec().withoutRed();
        }
        return flexfecPayloadType >= 0 ? withoutRed() : this;
    }
}
