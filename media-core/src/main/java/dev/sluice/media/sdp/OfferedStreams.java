package dev.sluice.media.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an offered media section says about the streams that it will send: SSRCs and simulcast
 * layers.
 */
final class OfferedStreams {

    /** More than any client sends in one media section. */
    private static final int MAX_SSRCS = 32;

    private static final int MAX_LAYERS = 8;

    private OfferedStreams() {}

    /** The announced media SSRCs with their repair (RFC 5576 4.1, FID and FEC-FR groups). */
    static List<AnnouncedSsrc> ssrcs(MediaDescription media) {
        Map<Long, Long> rtx = pairs(media, SsrcGroup.FID);
        Map<Long, Long> fec = pairs(media, SsrcGroup.FEC_FR);
        Set<Long> repairs = new HashSet<>(rtx.values());
        repairs.addAll(fec.values());
        return media.attributes().all(AttributeType.SSRC).stream()
                .map(SsrcAttribute::ssrc)
                .filter(ssrc -> !repairs.contains(ssrc))
                .distinct()
                .limit(MAX_SSRCS)
                .map(
                        ssrc ->
                                new AnnouncedSsrc(
                                        ssrc,
                                        rtx.getOrDefault(ssrc, -1L),
                                        fec.getOrDefault(ssrc, -1L)))
                .toList();
    }

    private static Map<Long, Long> pairs(MediaDescription media, String semantics) {
        Map<Long, Long> pairs = new HashMap<>();
        for (SsrcGroup group : media.attributes().all(AttributeType.SSRC_GROUP)) {
            if (group.semantics().equals(semantics) && group.ssrcs().size() == 2) {
                pairs.put(group.ssrcs().getFirst(), group.ssrcs().getLast());
            }
        }
        return pairs;
    }

    /**
     * The RIDs of {@code a=simulcast:send} in order (RFC 8853 5.1); the first of alternatives
     * counts. Those that may only use formats that were not accepted are left out.
     */
    static List<String> rids(MediaDescription media, List<NegotiatedCodec> codecs) {
        Map<String, Rid> declared = declared(media, codecs);
        return media.attributes().first(AttributeType.SIMULCAST).map(Simulcast::send).stream()
                .flatMap(List::stream)
                .map(versions -> versions.getFirst().rid())
                .filter(declared::containsKey)
                .distinct()
                .limit(MAX_LAYERS)
                .toList();
    }

    /**
     * What we say of the layers that we take: the other way round, with the restrictions of the
     * offer, and of its payload types those that were accepted (RFC 8851 section 6.3).
     */
    static List<Rid> answeredRids(MediaDescription media, NegotiatedMedia accepted) {
        Map<String, Rid> declared = declared(media, accepted.codecs());
        List<Rid> answered = new ArrayList<>();
        for (String id : accepted.rids()) {
            Rid offered = declared.get(id);
            if (offered != null) {
                List<Integer> types = new ArrayList<>(offered.payloadTypes());
                types.retainAll(payloadTypes(accepted.codecs()));
                answered.add(new Rid(id, false, types, offered.restrictions()));
            }
        }
        return answered;
    }

    private static Map<String, Rid> declared(MediaDescription media, List<NegotiatedCodec> codecs) {
        Set<Integer> accepted = payloadTypes(codecs);
        Map<String, Rid> declared = new HashMap<>();
        for (Rid rid : media.attributes().all(AttributeType.RID)) {
            boolean isUsable =
                    rid.payloadTypes().isEmpty()
                            || rid.payloadTypes().stream().anyMatch(accepted::contains);
            if (rid.isSent() && isUsable) {
                declared.putIfAbsent(rid.id(), rid);
            }
        }
        return declared;
    }

    private static Set<Integer> payloadTypes(List<NegotiatedCodec> codecs) {
        Set<Integer> types = new HashSet<>();
        codecs.forEach(codec -> types.add(codec.payloadType()));
        return types;
    }
}
