package dev.sluice.media.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The bundle of a description (RFC 9143): which media sections share the one transport. */
final class OfferedBundle {

    private static final List<String> RECEIVER_ROUND_TRIPS =
            List.of("rcvr-rtt=all", "rcvr-rtt=sender");

    private final SessionDescription offer;
    private final List<String> mids;

    OfferedBundle(SessionDescription offer) {
        this.offer = offer;
        this.mids = mids(offer);
    }

    /** The mids of the first BUNDLE group: a second one would be a second transport. */
    private static List<String> mids(SessionDescription offer) {
        return offer.attributes().all(AttributeType.GROUP).stream()
                .filter(group -> group.semantics().equals(Group.BUNDLE))
                .findFirst()
                .map(Group::mids)
                .orElse(List.of());
    }

    boolean isEmpty() {
        return mids.isEmpty();
    }

    List<String> mids() {
        return mids;
    }

    boolean contains(String mid) {
        return mids.contains(mid);
    }

    /** A mid that two media sections have, if there is one. */
    Optional<String> repeatedMid() {
        List<String> seen = new ArrayList<>();
        for (MediaDescription media : offer.media()) {
            String mid = media.mid().orElse("");
            if (!mid.isEmpty() && seen.contains(mid)) {
                return Optional.of(mid);
            }
            seen.add(mid);
        }
        return Optional.empty();
    }

    /** The first value of an attribute of the transport, see {@link #transportValues}. */
    Optional<String> transportValue(MediaDescription media, String name) {
        return transportValues(media, name).findFirst();
    }

    /**
     * The values that an attribute of the transport has for a section: its own, those of the
     * section that stands for the bundle where this one is bundle-only (RFC 9143 section 7.1.3
     * leaves them out there), and those of the session.
     */
    Stream<String> transportValues(MediaDescription media, String name) {
        Stream<String> own = media.attributes().values(name);
        Stream<String> tagged =
                media.attributes().has("bundle-only")
                        ? tagged().stream().flatMap(section -> section.attributes().values(name))
                        : Stream.empty();
        return Stream.of(own, tagged, offer.attributes().values(name)).flatMap(values -> values);
    }

    /**
     * The wish of a section to have the round trip of receivers measured, without the limit of
     * sizes: {@code rcvr-rtt=all} or {@code rcvr-rtt=sender} of its {@code a=rtcp-xr} (RFC 3611
     * section 5.1).
     */
    Optional<String> receiverRoundTrip(MediaDescription media) {
        return transportValues(media, "rtcp-xr")
                .flatMap(value -> Stream.of(value.split(" ", -1)))
                .map(format -> format.split(":", 2)[0])
                .filter(RECEIVER_ROUND_TRIPS::contains)
                .findFirst();
    }

    private Optional<MediaDescription> tagged() {
        return offer.media().stream()
                .filter(
                        media ->
                                !mids.isEmpty() && media.mid().equals(Optional.of(mids.getFirst())))
                .findFirst();
    }
}
