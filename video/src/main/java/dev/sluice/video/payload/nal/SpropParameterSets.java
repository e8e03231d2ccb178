package dev.sluice.video.payload.nal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Parameter sets in SDP: NAL units in base64, with commas between. {@code sprop-parameter-sets} of
 * H.264 (RFC 6184 section 8.1), {@code sprop-vps}, {@code sprop-sps} and {@code sprop-pps} of H.265
 * (RFC 7798 section 7.1).
 */
public final class SpropParameterSets {

    /** H.264 has 32 SPS and 256 PPS; nobody announces a part of that. */
    private static final int MAX_SETS = 64;

    private SpropParameterSets() {}

    /**
     * The NAL units, over heap memory that needs no release.
     *
     * @return empty if a part is empty or is not base64, or there are more than 64
     */
    public static List<ByteBuf> parse(String value) {
        List<ByteBuf> nals = new ArrayList<>();
        for (String part : value.trim().split(",", MAX_SETS + 1)) {
            byte[] nal = decode(part.trim());
            if (nal.length == 0 || nals.size() == MAX_SETS) {
                return List.of();
            }
            nals.add(Unpooled.wrappedBuffer(nal));
        }
        return nals;
    }

    /**
     * The parameter's value.
     *
     * @param nals the readable bytes of each are a NAL unit without a start code; borrowed
     * @throws IllegalArgumentException if there is none, or one is empty
     */
    public static String write(List<ByteBuf> nals) {
        List<String> parts = new ArrayList<>();
        for (ByteBuf nal : nals) {
            if (!nal.isReadable()) {
                throw new IllegalArgumentException("Parameter set " + parts.size() + " is empty");
            }
            parts.add(Base64.getEncoder().encodeToString(ByteBufUtil.getBytes(nal)));
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("No parameter set to write");
        }
        return String.join(",", parts);
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }
}
