package dev.sluice.media.sdp;

import java.util.List;
import java.util.Optional;

/** A session description (RFC 8866). */
public record SessionDescription(
        SessionHead head, Attributes attributes, List<MediaDescription> media) {

    public SessionDescription {
        media = List.copyOf(media);
    }

    /**
     * Reads a description. Lines end in CRLF or in LF alone, the last one in nothing too; empty
     * lines are skipped. Within a media section {@code i=}, {@code c=}, {@code b=} and {@code k=}
     * may stand between the attributes, where people put them who edit offers; they are written in
     * front of them. A {@code c=} line is not demanded: WebRTC goes by candidates.
     *
     * @throws SdpParseException when the text is not SDP, or an attribute that is understood is not
     *     in its form
     */
    public static SessionDescription parse(String text) throws SdpParseException {
        return new SdpParser(text).session();
    }

    /** The media section of a mid. */
    public Optional<MediaDescription> section(String mid) {
        return media.stream().filter(section -> section.mid().equals(Optional.of(mid))).findFirst();
    }

    /** Who made the description. */
    public Origin origin() {
        return head.origin();
    }

    SessionDescription withOrigin(Origin origin) {
        return new SessionDescription(head.withOrigin(origin), attributes, media);
    }

    /** The text of the description, lines ended by CRLF; it reads as an equal description. */
    public String write() {
        SdpText text = new SdpText();
        head.writeTo(text);
        text.attributes(attributes);
        media.forEach(section -> section.writeTo(text));
        return text.toString();
    }

    /** What {@link #write} writes. */
    @Override
    public String toString() {
        return write();
    }
}
