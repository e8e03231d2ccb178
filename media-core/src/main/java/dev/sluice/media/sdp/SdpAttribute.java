package dev.sluice.media.sdp;

/**
 * An {@code a=} line (RFC 8866 5.13).
 *
 * @param value what follows the colon; empty for a property attribute
 */
public record SdpAttribute(String name, String value) {

    /** A property attribute. */
    public SdpAttribute(String name) {
        this(name, "");
    }

    static SdpAttribute parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new SdpAttribute(text, "")
                : new SdpAttribute(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return value.isEmpty() ? "a=" + name : "a=" + name + ":" + value;
    }
}
