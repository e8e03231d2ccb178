package dev.sluice.media.sdp;

import dev.sluice.media.rtp.MediaKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A trickle ICE fragment, {@code application/trickle-ice-sdpfrag} (RFC 8840 section 9): attributes
 * of the session, then pseudo media sections that say by {@code a=mid} whose candidates they hold.
 */
public record IceFragment(Attributes attributes, List<MediaDescription> sections) {

    private static final String PROTOCOL = "UDP/TLS/RTP/SAVPF";

    public IceFragment {
        sections = List.copyOf(sections);
    }

    /**
     * A fragment without sections, as simple clients write it: all of it belongs to the session.
     *
     * @param ufrag empty to name none
     * @param pwd empty to name none
     * @param candidates values of {@code a=candidate} lines
     */
    public IceFragment(String ufrag, String pwd, List<String> candidates, boolean endOfCandidates) {
        this(new Attributes(iceLines(ufrag, pwd, candidates, endOfCandidates)), List.of());
    }

    private static List<SdpAttribute> iceLines(
            String ufrag, String pwd, List<String> candidates, boolean endOfCandidates) {
        List<SdpAttribute> lines = new ArrayList<>();
        if (!ufrag.isEmpty()) {
            lines.add(AttributeType.ICE_UFRAG.line(ufrag));
        }
        if (!pwd.isEmpty()) {
            lines.add(AttributeType.ICE_PWD.line(pwd));
        }
        candidates.forEach(value -> lines.add(new SdpAttribute("candidate", value)));
        if (endOfCandidates) {
            lines.add(AttributeType.END_OF_CANDIDATES.line(true));
        }
        return lines;
    }

    /**
     * Candidates for one media section, as a client trickles them (RFC 9725 section 4.3.2).
     *
     * @param bundle the mids that share the transport; none is written for an empty list
     * @param section whose mid, kind and first format are named
     */
    public static IceFragment trickled(
            List<String> bundle,
            NegotiatedMedia section,
            String ufrag,
            String pwd,
            List<String> candidates,
            boolean endOfCandidates) {
        List<SdpAttribute> head = new ArrayList<>();
        if (!bundle.isEmpty()) {
            head.add(AttributeType.GROUP.line(new Group(Group.BUNDLE, bundle)));
        }
        List<SdpAttribute> lines = new ArrayList<>();
        lines.add(AttributeType.MID.line(section.mid()));
        lines.addAll(iceLines(ufrag, pwd, candidates, endOfCandidates));
        return new IceFragment(new Attributes(head), List.of(pseudo(section, lines)));
    }

    /**
     * The answer of a lite agent to a restart (RFC 9725 section 4.3.3): all candidates at once, in
     * the section that stands for the bundle.
     */
    public static IceFragment restarted(
            NegotiatedSession session, String ufrag, String pwd, List<String> candidates) {
        List<String> mids = session.media().stream().map(NegotiatedMedia::mid).toList();
        NegotiatedMedia first = session.media().getFirst();
        IceFragment trickled = trickled(mids, first, ufrag, pwd, candidates, true);
        List<SdpAttribute> head = new ArrayList<>();
        head.add(AttributeType.ICE_LITE.line(true));
        head.add(AttributeType.ICE_OPTIONS.line(new WordList(List.of("trickle", "ice2"))));
        head.addAll(trickled.attributes().lines());
        return new IceFragment(new Attributes(head), trickled.sections());
    }

    private static MediaDescription pseudo(NegotiatedMedia media, List<SdpAttribute> lines) {
        MediaKind kind = media.kind();
        MediaDescription section =
                MediaDescription.of(
                        kind.name().toLowerCase(Locale.ROOT),
                        9,
                        PROTOCOL,
                        List.of(Integer.toString(media.codecs().getFirst().payloadType())),
                        new Attributes(lines));
        return section.withoutConnections();
    }

    /**
     * Reads a fragment. Candidates may stand in pseudo media sections, the credentials before or in
     * them.
     *
     * @throws SdpParseException when a line is not one of SDP, or an attribute not in its form
     */
    public static IceFragment parse(String text) throws SdpParseException {
        return new SdpParser(text).fragment();
    }

    /** All lines, those of the session first. */
    private Attributes all() {
        List<SdpAttribute> lines = new ArrayList<>(attributes.lines());
        sections.forEach(section -> lines.addAll(section.attributes().lines()));
        return new Attributes(lines);
    }

    /** The first one named, of the session or of a section; empty when there is none. */
    public String ufrag() {
        return all().first("ice-ufrag").orElse("");
    }

    /** The first one named, of the session or of a section; empty when there is none. */
    public String pwd() {
        return all().first("ice-pwd").orElse("");
    }

    /** The values of all {@code a=candidate} lines. */
    public List<String> candidates() {
        return all().values("candidate").toList();
    }

    /** The values of the {@code a=candidate} lines of one media section. */
    public List<String> candidates(String mid) {
        return sections.stream()
                .filter(section -> section.mid().filter(mid::equals).isPresent())
                .flatMap(section -> section.attributes().values("candidate"))
                .toList();
    }

    /** Whether the session or any section says that no more candidates will come. */
    public boolean endOfCandidates() {
        return all().has(AttributeType.END_OF_CANDIDATES);
    }

    /** The text, lines ended by CRLF; it reads as an equal fragment. */
    public String write() {
        SdpText text = new SdpText();
        text.attributes(attributes);
        sections.forEach(section -> section.writeTo(text));
        return text.toString();
    }

    /** What {@link #write} writes. */
    @Override
    public String toString() {
        return write();
    }
}
