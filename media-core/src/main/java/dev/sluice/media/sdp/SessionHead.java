package dev.sluice.media.sdp;

import java.util.List;
import java.util.Optional;

/**
 * What a description says before its attributes (RFC 8866 section 5).
 *
 * @param name {@code s=}; {@code -} where there is none
 * @param information {@code i=}
 * @param uri {@code u=}
 * @param emails {@code e=}
 * @param phones {@code p=}
 * @param connection {@code c=}, for sections that have none of their own
 * @param times at least one in a whole description
 * @param key {@code k=}, obsolete; kept and never used
 */
public record SessionHead(
        Origin origin,
        String name,
        Optional<String> information,
        Optional<String> uri,
        List<String> emails,
        List<String> phones,
        Optional<Connection> connection,
        List<Bandwidth> bandwidths,
        List<TimeDescription> times,
        Optional<String> key) {

    public SessionHead {
        emails = List.copyOf(emails);
        phones = List.copyOf(phones);
        bandwidths = List.copyOf(bandwidths);
        times = List.copyOf(times);
    }

    /** As WebRTC writes it (RFC 8829 section 5.2.1). */
    static SessionHead of(Origin origin) {
        return new SessionHead(
                origin,
                "-",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(TimeDescription.ALWAYS),
                Optional.empty());
    }

    SessionHead withOrigin(Origin other) {
        return new SessionHead(
                other, name, information, uri, emails, phones, connection, bandwidths, times, key);
    }

    void writeTo(SdpText text) {
        text.line('v', 0);
        text.line('o', origin);
        text.line('s', name);
        information.ifPresent(value -> text.line('i', value));
        uri.ifPresent(value -> text.line('u', value));
        emails.forEach(value -> text.line('e', value));
        phones.forEach(value -> text.line('p', value));
        connection.ifPresent(value -> text.line('c', value));
        bandwidths.forEach(value -> text.line('b', value));
        times.forEach(value -> value.writeTo(text));
        key.ifPresent(value -> text.line('k', value));
    }
}
