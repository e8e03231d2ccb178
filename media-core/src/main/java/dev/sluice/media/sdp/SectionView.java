package dev.sluice.media.sdp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A media section with what it has from the bundle and from the session. */
record SectionView(int index, MediaDescription media, SessionDescription whole) {

    static List<SectionView> of(SessionDescription description) {
        List<SectionView> sections = new ArrayList<>();
        for (MediaDescription media : description.media()) {
            sections.add(new SectionView(sections.size(), media, description));
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
        return new OfferedBundle(whole).contains(mid());
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
        return new OfferedBundle(whole).transportValue(media, name).isPresent();
    }

    Set<Fingerprint> fingerprints() {
        Set<Fingerprint> fingerprints = new HashSet<>();
        for (String text :
                new OfferedBundle(whole).transportValues(media, "fingerprint").toList()) {
            Fingerprint fingerprint = Fingerprint.read(text);
            if (fingerprint != null) {
                fingerprints.add(fingerprint.normal());
            }
        }
        return fingerprints;
    }

    private String transport(String name) {
        return new OfferedBundle(whole).transportValue(media, name).orElse("");
    }

    /** For an error text. */
    String name() {
        return "Media section %d (%s, mid %s)"
                .formatted(index + 1, Quoted.of(media.type()), Quoted.of(mid()));
    }
}
