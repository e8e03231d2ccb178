package dev.sluice.media.sdp;

import dev.sluice.media.ice.IceCandidate;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * The value of {@code a=candidate} in the form of RFC 8839 section 5.1. Transports and types that
 * are not known are of the form too, and are to be ignored, not refused.
 */
public record CandidateLine(String value) {

    private static final int MAX_COMPONENT = 999;

    static @Nullable CandidateLine read(String value) {
        List<String> words = Numbers.words(value);
        boolean isForm =
                words.size() >= 8
                        && Numbers.parse(words.get(1), MAX_COMPONENT) >= 0
                        && Numbers.parseLong(words.get(3)) >= 0
                        && Numbers.parse(words.get(5), 65535) >= 0
                        && words.get(6).equals("typ");
        return isForm ? new CandidateLine(value) : null;
    }

    /** The candidate; empty where its type is not known. */
    public Optional<IceCandidate> candidate() {
        return Optional.ofNullable(IceCandidate.parse("candidate:" + value));
    }

    @Override
    public String toString() {
        return value;
    }
}
