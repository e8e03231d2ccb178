package dev.sluice.media.sdp;

import java.util.List;
import java.util.Optional;

/**
 * A media section (RFC 8866 5.14).
 *
 * @param type {@code audio}, {@code video}, {@code application} or another word
 * @param port 0 to 65535; 0 means rejected, or bundled only (RFC 8843)
 * @param formats payload types for RTP
 * @param otherLines lines other than {@code a=}, such as {@code c=} and {@code b=}, whole
 */
public record MediaDescription(
        String type,
        int port,
        String protocol,
        List<String> formats,
        List<String> otherLines,
        Attributes attributes) {

    public MediaDescription {
        formats = List.copyOf(formats);
        otherLines = List.copyOf(otherLines);
    }

    /** The media section's name in a bundle (RFC 5888). */
    public Optional<String> mid() {
        return attributes.first("mid");
    }

    void writeTo(StringBuilder text) {
        text.append("m=%s %d %s".formatted(type, port, protocol));
        formats.forEach(format -> text.append(' ').append(format));
        text.append("\r\n");
        otherLines.forEach(line -> text.append(line).append("\r\n"));
        attributes.lines().forEach(line -> text.append(line).append("\r\n"));
    }
}
