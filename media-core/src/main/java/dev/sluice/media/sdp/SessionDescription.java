package dev.sluice.media.sdp;

import java.util.List;

/**
 * A session description (RFC 8866).
 *
 * @param headLines the lines before the first media section other than {@code a=}, whole, in order
 */
public record SessionDescription(
        List<String> headLines, Attributes attributes, List<MediaDescription> media) {

    public SessionDescription {
        headLines = List.copyOf(headLines);
        media = List.copyOf(media);
    }

    /**
     * Reads a description; lines end in CRLF, or in LF alone.
     *
     * @throws SdpParseException when the text is not SDP
     */
    public static SessionDescription parse(String text) throws SdpParseException {
        return SdpParser.ofSession(text).parse();
    }

    /** The text of the description, lines ended by CRLF. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(4096);
        headLines.forEach(line -> text.append(line).append("\r\n"));
        attributes.lines().forEach(line -> text.append(line).append("\r\n"));
        media.forEach(section -> section.writeTo(text));
        return text.toString();
    }
}
