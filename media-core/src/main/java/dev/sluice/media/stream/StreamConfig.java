package dev.sluice.media.stream;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.MediaKind;

import org.jspecify.annotations.Nullable;

/**
 * What a stream is made of.
 *
 * @param <K> keys, which are kept and never looked into or printed
 * @param user whose stream it is
 * @param kind must be that of the codec
 * @param ssrc unsigned 32 bits; unique among the streams of the session
 * @param payloadType 0 to 127
 * @param bitrateBps the target bit rate; {@link #UNKNOWN_BITRATE} where nobody set one
 * @param keys null for a stream in the clear, or whose session has the keys
 */
public record StreamConfig<K>(
        String user,
        MediaKind kind,
        long ssrc,
        int payloadType,
        Codec codec,
        long bitrateBps,
        @Nullable K keys) {

    public static final long UNKNOWN_BITRATE = 0;

    private static final long MAX_SSRC = 0xFFFF_FFFFL;
    private static final int MAX_PAYLOAD_TYPE = 127;

    public StreamConfig {
        require(user != null && !user.isBlank(), "User", user, "a name");
        require(ssrc >= 0 && ssrc <= MAX_SSRC, "SSRC", ssrc, "0 to " + MAX_SSRC);
        require(
                payloadType >= 0 && payloadType <= MAX_PAYLOAD_TYPE,
                "Payload type",
                payloadType,
                "0 to " + MAX_PAYLOAD_TYPE);
        require(bitrateBps >= 0, "Bit rate", bitrateBps, "0 or more bps");
        require(codec.kind() == kind, "Codec", codec, "one for " + kind);
    }

    private static void require(
            boolean holds, String what, @Nullable Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "%s is %s; expected %s".formatted(what, value, expected));
        }
    }

    public StreamConfig<K> withSsrc(long ssrc) {
        return new StreamConfig<>(user, kind, ssrc, payloadType, codec, bitrateBps, keys);
    }

    public StreamConfig<K> withFormat(int payloadType, Codec codec) {
        return new StreamConfig<>(user, kind, ssrc, payloadType, codec, bitrateBps, keys);
    }

    public StreamConfig<K> withBitrateBps(long bitrateBps) {
        return new StreamConfig<>(user, kind, ssrc, payloadType, codec, bitrateBps, keys);
    }

    public StreamConfig<K> withKeys(@Nullable K keys) {
        return new StreamConfig<>(user, kind, ssrc, payloadType, codec, bitrateBps, keys);
    }

    @Override
    public String toString() {
        return "StreamConfig[user=%s, ssrc=%d, payloadType=%d, codec=%s, bitrateBps=%d, %s]"
                .formatted(
                        user,
                        ssrc,
                        payloadType,
                        codec,
                        bitrateBps,
                        keys == null ? "no keys" : "keys");
    }
}
