package dev.sluice.media.sdp;

import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.MediaKind;

import java.util.List;
import java.util.Optional;

/**
 * A media section as we offer it.
 *
 * @param mid a word that no other section of the session has, see {@link Negotiation#freshMid}
 * @param direction seen from us
 * @param codecs in our order of preference, at least one; payload types mean the same in all
 *     transceivers of a session
 * @param extensions ids mean the same in all transceivers of a session
 * @param track what we send; needed where the direction sends, and written then alone
 * @param sendRids simulcast layers that we send, in the order of preference; empty without
 * @param recvRids simulcast layers that we are ready to take; empty without
 */
public record Transceiver(
        String mid,
        MediaKind kind,
        Direction direction,
        List<NegotiatedCodec> codecs,
        HeaderExtensionMap extensions,
        Optional<LocalTrack> track,
        List<String> sendRids,
        List<String> recvRids) {

    public Transceiver {
        codecs = List.copyOf(codecs);
        sendRids = List.copyOf(sendRids);
        recvRids = List.copyOf(recvRids);
        if (!Numbers.isWord(mid)) {
            throw new IllegalArgumentException("A mid is a word, found '" + mid + "'");
        }
        if (codecs.isEmpty() || codecs.stream().anyMatch(codec -> codec.codec().kind() != kind)) {
            throw new IllegalArgumentException(
                    "Section %s needs codecs of %s, found %s".formatted(mid, kind, codecs));
        }
        if (direction.sends() && track.isEmpty()) {
            throw new IllegalArgumentException("Section " + mid + " sends but has no track");
        }
    }

    /** Without simulcast. */
    public Transceiver(
            String mid,
            MediaKind kind,
            Direction direction,
            List<NegotiatedCodec> codecs,
            HeaderExtensionMap extensions,
            Optional<LocalTrack> track) {
        this(mid, kind, direction, codecs, extensions, track, List.of(), List.of());
    }
}
