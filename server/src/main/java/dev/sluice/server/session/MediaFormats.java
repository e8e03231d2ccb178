package dev.sluice.server.session;

import dev.sluice.media.fec.FecFormat;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.NegotiatedMedia;

import org.jspecify.annotations.Nullable;

/**
 * Finds formats of a media section; sections have a handful, so a plain walk is the fastest map.
 */
final class MediaFormats {

    private MediaFormats() {}

    static @Nullable NegotiatedCodec byPayloadType(NegotiatedMedia media, int payloadType) {
        var codecs = media.codecs();
        for (int i = 0; i < codecs.size(); i++) {
            if (codecs.get(i).payloadType() == payloadType) {
                return codecs.get(i);
            }
        }
        return null;
    }

    /**
     * The format of a media stream with such packets; of packets inside RED, whose format is told
     * within, any that its clock fits.
     */
    static @Nullable NegotiatedCodec mediaOf(NegotiatedMedia media, int payloadType) {
        NegotiatedCodec codec = byPayloadType(media, payloadType);
        if (codec != null || !isRed(media, payloadType)) {
            return codec;
        }
        NegotiatedCodec inner = byPayloadType(media, media.fec().redInnerPayloadType());
        return inner != null ? inner : media.codecs().getFirst();
    }

    static boolean isRed(NegotiatedMedia media, int payloadType) {
        return payloadType == media.fec().redPayloadType();
    }

    /** The payload type of what is sent again under this one, -1 for none. */
    static int retransmitted(NegotiatedMedia media, int payloadType) {
        NegotiatedCodec repaired = byRtxPayloadType(media, payloadType);
        if (repaired != null) {
            return repaired.payloadType();
        }
        return payloadType == media.fec().redRtxPayloadType() ? media.fec().redPayloadType() : -1;
    }

    static boolean isRetransmission(NegotiatedMedia media, int payloadType) {
        return retransmitted(media, payloadType) >= 0;
    }

    /** The format of a repair stream of its own; null for another payload type. */
    static @Nullable FecFormat flexfec(NegotiatedMedia media, int payloadType) {
        if (payloadType == media.fec().flexfec03PayloadType()) {
            return FecFormat.FLEXFEC_03;
        }
        return payloadType == media.fec().flexfecPayloadType() ? FecFormat.FLEXFEC : null;
    }

    static @Nullable NegotiatedCodec byRtxPayloadType(NegotiatedMedia media, int payloadType) {
        var codecs = media.codecs();
        for (int i = 0; i < codecs.size(); i++) {
            if (codecs.get(i).rtxPayloadType() == payloadType) {
                return codecs.get(i);
            }
        }
        return null;
    }
}
