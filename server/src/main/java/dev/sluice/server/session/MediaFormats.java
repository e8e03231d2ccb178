package dev.sluice.server.session;

import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.NegotiatedMedia;

import org.jspecify.annotations.Nullable;

/**
 * Finds formats of a media section; sections have a handful, so a plain walk is the fastest map.
 */
final class MediaFormats {

    private MediaFormats() {}

    static @Nullable NegotiatedCodec byPayloadType(NegotiatedMedia media, int payloadType) {
        var codecs = media.codecs();
        for (int i = 0; i < codecs.size(); i++) {
            if (codecs.get(i).payloadType() == payloadType) {
                return codecs.get(i);
            }
        }
        return null;
    }

    static @Nullable NegotiatedCodec byRtxPayloadType(NegotiatedMedia media, int payloadType) {
        var codecs = media.codecs();
        for (int i = 0; i < codecs.size(); i++) {
            if (codecs.get(i).rtxPayloadType() == payloadType) {
                return codecs.get(i);
            }
        }
        return null;
    }
}
