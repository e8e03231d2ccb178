package dev.sluice.media.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the payload types of a bundle mean: one thing in all of its media sections (RFC 9143 section
 * 9.1).
 */
final class BundledPayloadTypes {

    private final Map<Integer, String> meanings = new HashMap<>();

    /**
     * Takes the formats of one more section; leaves out those whose payload type already means
     * another one, and retransmissions of which the same is true.
     */
    List<NegotiatedCodec> claim(List<NegotiatedCodec> codecs) {
        List<NegotiatedCodec> claimed = new ArrayList<>();
        for (NegotiatedCodec codec : codecs) {
            if (claim(codec.payloadType(), codec.codec() + "/" + codec.clockRateHz())) {
                boolean hasRtx =
                        codec.rtxPayloadType() >= 0
                                && claim(codec.rtxPayloadType(), "rtx/" + codec.payloadType());
                claimed.add(hasRtx ? codec : codec.withoutRtx());
            }
        }
        return claimed;
    }

    /** Takes the protection of one more section, without what means something else already. */
    NegotiatedFec claim(NegotiatedFec fec) {
        NegotiatedFec claimed = fec;
        if (fec.hasRed() && !claimRed(fec)) {
            claimed = claimed.withoutRed();
        } else if (fec.redRtxPayloadType() >= 0
                && !claim(fec.redRtxPayloadType(), "rtx/" + fec.redPayloadType())) {
            claimed = claimed.withoutRedRtx();
        }
        if (!claimFormat(fec.flexfec03PayloadType(), OfferedProtection.FLEXFEC_03)) {
            claimed = claimed.withoutFlexfec03();
        }
        if (!claimFormat(fec.flexfecPayloadType(), OfferedProtection.FLEXFEC)) {
            claimed = claimed.withoutFlexfec();
        }
        return claimed;
    }

    private boolean claimRed(NegotiatedFec fec) {
        return claimFormat(fec.redPayloadType(), OfferedProtection.RED + fec.redInnerPayloadType())
                && claimFormat(fec.ulpfecPayloadType(), OfferedProtection.ULPFEC);
    }

    private boolean claimFormat(int payloadType, String meaning) {
        return payloadType < 0 || claim(payloadType, meaning);
    }

    private boolean claim(int payloadType, String meaning) {
        String before = meanings.putIfAbsent(payloadType, meaning);
        return before == null || before.equals(meaning);
    }
}
