package dev.sluice.media.sdp;

import dev.sluice.media.ice.IceCandidate;

import java.util.List;
import java.util.Optional;

/**
 * A media section (RFC 8866 5.14).
 *
 * @param type {@code audio}, {@code video}, {@code application} or another word
 * @param port 0 to 65535; 0 means rejected, or bundled only (RFC 9143)
 * @param portCount how many ports, 1 mostly
 * @param formats payload types for RTP
 * @param title {@code i=}
 * @param connections {@code c=}; several for layered multicast
 * @param bandwidths {@code b=}
 * @param key {@code k=}, obsolete; kept and never used
 */
public record MediaDescription(
        String type,
        int port,
        int portCount,
        String protocol,
        List<String> formats,
        Optional<String> title,
        List<Connection> connections,
        List<Bandwidth> bandwidths,
        Optional<String> key,
        Attributes attributes) {

    static final String FORM = "<media> <port> <proto> <fmt> …";

    public MediaDescription {
        formats = List.copyOf(formats);
        connections = List.copyOf(connections);
        bandwidths = List.copyOf(bandwidths);
    }

    /** A section as WebRTC writes it: its addresses are candidates. */
    static MediaDescription of(
            String type, int port, String protocol, List<String> formats, Attributes attributes) {
        return new MediaDescription(
                type,
                port,
                1,
                protocol,
                formats,
                Optional.empty(),
                List.of(Connection.NONE),
                List.of(),
                Optional.empty(),
                attributes);
    }

    /** The same without {@code c=}, as pseudo sections are. */
    MediaDescription withoutConnections() {
        return new MediaDescription(
                type,
                port,
                portCount,
                protocol,
                formats,
                title,
                List.of(),
                bandwidths,
                key,
                attributes);
    }

    /** The media section's name in a bundle (RFC 5888). */
    public Optional<String> mid() {
        return attributes.first("mid");
    }

    /** The candidates whose type is known, in order. */
    public List<IceCandidate> candidates() {
        return attributes.all(AttributeType.CANDIDATE).stream()
                .flatMap(line -> line.candidate().stream())
                .toList();
    }

    /** Whether the section is offered or accepted: its port says so, or that it shares one. */
    boolean isUsed() {
        return port != 0 || attributes.has(AttributeType.BUNDLE_ONLY);
    }

    void writeTo(SdpText text) {
        String ports = portCount == 1 ? Integer.toString(port) : port + "/" + portCount;
        text.line('m', String.join(" ", type, ports, protocol, String.join(" ", formats)));
        title.ifPresent(value -> text.line('i', value));
        connections.forEach(value -> text.line('c', value));
        bandwidths.forEach(value -> text.line('b', value));
        key.ifPresent(value -> text.line('k', value));
        text.attributes(attributes);
    }
}
