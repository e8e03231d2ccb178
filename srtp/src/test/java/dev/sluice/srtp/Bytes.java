package dev.sluice.srtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import java.util.HexFormat;

/** Bytes of tests as hexadecimal text; blanks are for the reader. */
public final class Bytes {

    private Bytes() {}

    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    public static String hex(ByteBuf bytes) {
        return ByteBufUtil.hexDump(bytes);
    }

    /** A growable heap buffer with these bytes. */
    public static ByteBuf buffer(String hex) {
        byte[] bytes = hex(hex);
        return Unpooled.buffer(bytes.length).writeBytes(bytes);
    }
}
