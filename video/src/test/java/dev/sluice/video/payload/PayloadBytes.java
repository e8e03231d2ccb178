package dev.sluice.video.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.HexFormat;

/** Payloads written as hexadecimal digits. */
public final class PayloadBytes {

    private static final HexFormat HEX = HexFormat.of();

    private PayloadBytes() {}

    /** The bytes of {@code hex}, in which blanks do not count, over heap memory. */
    public static ByteBuf of(String hex) {
        return Unpooled.wrappedBuffer(HEX.parseHex(hex.replace(" ", "")));
    }
}
