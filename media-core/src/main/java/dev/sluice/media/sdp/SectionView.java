package dev.sluice.media.sdp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A media section with what it has from the bundle and from the session.
 *
 * @param bundle of the whole description; read once for all sections, as a hostile one names
 *     thousands of mids
 */
record SectionView(
        int index, MediaDescription media, SessionDescription whole, OfferedBundle bundle) {

    static List<SectionView> of(SessionDescription description) {
        List<SectionView> sections = new ArrayList<>();
        OfferedBundle bundle = new OfferedBundle(description);
        for (MediaDescription media : description.media()) {
            sections.add(new SectionView(sections.size(), media, description, bundle));
        }
        return sections;
    }

    /** The place counts as name where there is none. */
    String mid() {
        return media.mid().orElse(Integer.toString(index));
    }

    boolean isUsed() {
        return media.isUsed();
    }

    /** Whether an answer accepts the section: there port 0 always means no. */
    boolean isAccepted() {
        return media.port() != 0;
    }

    Direction direction() {
        return Direction.of(media, whole.attributes());
    }

    boolean isBundled() {
        return bundle.contains(mid());
    }

    String ufrag() {
        return transport("ice-ufrag");
    }

    String pwd() {
        return transport("ice-pwd");
    }

    String tlsId() {
        return transport("tls-id");
    }

    Optional<SetupRole> setup() {
        return Optional.ofNullable(SetupRole.read(transport("setup")));
    }

    boolean hasMux() {
        return hasTransport("rtcp-mux");
    }

    /** Whether the section, or the one that bundles it, has the attribute. */
    boolean hasTransport(String name) {
        return bundle.transportValue(media, name).isPresent();
    }

    Set<Fingerprint> fingerprints() {
        Set<Fingerprint> fingerprints = new HashSet<>();
        for (String text : bundle.transportValues(media, "fingerprint").toList()) {
            Fingerprint fingerprint = Fingerprint.read(text);
            if (fingerprint != null) {
                fingerprints.add(fingerprint.normal());
            }
        }
        return fingerprints;
    }

    private String transport(String name) {
        return bundle.transportValue(media, name).orElse("");
    }

    /** For an error text. */
    String name() {
        return "Media section %d (%s, mid %s)"
                .formatted(index + 1, Quoted.of(media.type()), Quoted.of(mid()));
    }
}
