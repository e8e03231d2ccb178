package dev.sluice.media.sdp;

import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.MediaKind;

import java.util.List;

/**
 * A media section that both sides agreed on.
 *
 * @param index its position in the offer, from 0
 * @param codecs in the order of preference, at least one
 * @param rids the simulcast layers in the offerer's order; empty without simulcast
 * @param ssrcs what the offer announces; may be empty
 * @param fec protection against loss
 */
public record NegotiatedMedia(
        int index,
        String mid,
        MediaKind kind,
        List<NegotiatedCodec> codecs,
        HeaderExtensionMap extensions,
        List<String> rids,
        List<AnnouncedSsrc> ssrcs,
        NegotiatedFec fec) {

    public NegotiatedMedia {
        codecs = List.copyOf(codecs);
        rids = List.copyOf(rids);
        ssrcs = List.copyOf(ssrcs);
    }

    /** Without protection. */
    public NegotiatedMedia(
            int index,
            String mid,
            MediaKind kind,
            List<NegotiatedCodec> codecs,
            HeaderExtensionMap extensions,
            List<String> rids,
            List<AnnouncedSsrc> ssrcs) {
        this(index, mid, kind, codecs, extensions, rids, ssrcs, NegotiatedFec.NONE);
    }
}
