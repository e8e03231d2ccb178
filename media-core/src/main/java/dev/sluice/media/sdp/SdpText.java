package dev.sluice.media.sdp;

/** Collects lines, each ended by CRLF. */
final class SdpText {

    private final StringBuilder text = new StringBuilder(4096);

    void line(char type, Object value) {
        text.append(type).append('=').append(value).append("\r\n");
    }

    void attributes(Attributes attributes) {
        attributes.lines().forEach(attribute -> text.append(attribute).append("\r\n"));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
