package dev.sluice.media.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * A trickle ICE fragment, {@code application/trickle-ice-sdpfrag} (RFC 8840 9).
 *
 * @param ufrag empty when the fragment names none
 * @param pwd empty when the fragment names none
 * @param candidates the values of {@code a=candidate} lines
 */
public record IceFragment(
        String ufrag, String pwd, List<String> candidates, boolean endOfCandidates) {

    public IceFragment {
        candidates = List.copyOf(candidates);
    }

    /**
     * Reads a fragment. Candidates may stand in pseudo media sections, the credentials before or in
     * them.
     *
     * @throws SdpParseException when a line is not one of SDP
     */
    public static IceFragment parse(String text) throws SdpParseException {
        SessionDescription fragment = SdpParser.ofFragment(text).parse();
        List<SdpAttribute> lines = new ArrayList<>(fragment.attributes().lines());
        fragment.media().forEach(section -> lines.addAll(section.attributes().lines()));
        Attributes all = new Attributes(lines);
        return new IceFragment(
                all.first("ice-ufrag").orElse(""),
                all.first("ice-pwd").orElse(""),
                all.values("candidate").toList(),
                all.has("end-of-candidates"));
    }

    /** The text of a fragment that answers a restart. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append("a=ice-lite\r\na=ice-ufrag:").append(ufrag).append("\r\na=ice-pwd:");
        text.append(pwd).append("\r\n");
        candidates.forEach(c -> text.append("a=candidate:").append(c).append("\r\n"));
        return endOfCandidates
                ? text.append("a=end-of-candidates\r\n").toString()
                : text.toString();
    }
}
