package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Reads SDP line by line; strict about form, silent about attributes that it does not know. */
final class SdpParser {

    /** A meeting's worth of media sections; each costs state once it is answered. */
    static final int MAX_MEDIA_SECTIONS = 64;

    /**
     * Far more than anybody says for the whole session. Every media section looks among them for
     * what it does not say itself, so that their number counts once for each section.
     */
    static final int MAX_SESSION_ATTRIBUTES = 1024;

    private final SdpLines lines;
    private final List<SdpAttribute> sessionAttributes = new ArrayList<>();
    private final List<MediaDescription> media = new ArrayList<>();
    private @Nullable MediaReader section;

    SdpParser(String text) throws SdpParseException {
        lines = new SdpLines(text);
    }

    /** A whole description. */
    SessionDescription session() throws SdpParseException {
        HeadReader head = new HeadReader(lines);
        while (lines.advance()) {
            head.requirePlace(section != null);
            if (lines.type() == 'm') {
                beginMedia();
            } else if (lines.type() == 'a') {
                attributes().add(attribute());
            } else if (section == null) {
                head.onLine();
            } else {
                section.onLine();
            }
        }
        endMedia();
        return new SessionDescription(head.head(), new Attributes(sessionAttributes), media);
    }

    /** Attributes and media sections; other lines that stand before these mean nothing here. */
    IceFragment fragment() throws SdpParseException {
        while (lines.advance()) {
            if (lines.type() == 'm') {
                beginMedia();
            } else if (lines.type() == 'a') {
                attributes().add(attribute());
            }
        }
        endMedia();
        return new IceFragment(new Attributes(sessionAttributes), media);
    }

    private List<SdpAttribute> attributes() throws SdpParseException {
        if (section == null && sessionAttributes.size() == MAX_SESSION_ATTRIBUTES) {
            throw lines.error(
                    "more than " + MAX_SESSION_ATTRIBUTES + " a= lines before the first m=");
        }
        return section == null ? sessionAttributes : section.attributes();
    }

    private SdpAttribute attribute() throws SdpParseException {
        SdpAttribute attribute = SdpAttribute.parse(lines.value());
        if (!Numbers.isWord(attribute.name())) {
            throw lines.unexpected("<attribute>[:<value>]");
        }
        AttributeType<?> type = AttributeType.ofName(attribute.name());
        if (type != null && type.read(attribute.value()) == null) {
            throw lines.error(type.expectation(attribute.value()));
        }
        return attribute;
    }

    private void beginMedia() throws SdpParseException {
        endMedia();
        if (media.size() == MAX_MEDIA_SECTIONS) {
            throw lines.error("more than " + MAX_MEDIA_SECTIONS + " media sections");
        }
        section = new MediaReader(lines);
    }

    private void endMedia() {
        if (section != null) {
            media.add(section.media());
        }
    }
}
