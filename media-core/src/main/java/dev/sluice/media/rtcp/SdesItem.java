package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a {@link SourceDescription} says about a stream, RFC 3550 sections 6.5.1 to 6.5.8.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |     type      |     length    | text in UTF-8               ...
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |     PRIV=8    |     length    | prefix length |prefix string...
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   ...             |                  value string               ...
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public sealed interface SdesItem {

    /** Canonical name, which each compound packet has to carry. */
    int CNAME = 1;

    /** The user's name. */
    int NAME = 2;

    int EMAIL = 3;
    int PHONE = 4;

    /** The user's place. */
    int LOC = 5;

    /** The name and version of the application. */
    int TOOL = 6;

    /** The user's present state. */
    int NOTE = 7;

    /** Private extension. */
    int PRIV = 8;

    /** Type and length. */
    int HEAD_SIZE_BYTES = 2;

    /** Type, 1 to 255. */
    int type();

    int sizeBytes();

    /** Appends the item with its type and length. */
    void write(ByteBuf out);

    /**
     * An item whose content is a text.
     *
     * @param type 1 to 255, not {@link #PRIV}
     * @param text at most 255 bytes of UTF-8
     */
    record Text(int type, String text) implements SdesItem {

        public Text {
            if (type < 1 || type > 255 || type == PRIV) {
                throw new IllegalArgumentException(
                        "Text item of type %d; expected 1 to 255 but %d".formatted(type, PRIV));
            }
        }

        @Override
        public int sizeBytes() {
            return 1 + RtcpText.sizeBytes(text);
        }

        @Override
        public void write(ByteBuf out) {
            out.writeByte(type);
            RtcpText.write(out, text);
        }
    }

    /**
     * PRIV: an item of an experiment or application.
     *
     * @param prefix names who defined it
     * @param value with the prefix at most 254 bytes of UTF-8
     */
    record Private(String prefix, String value) implements SdesItem {

        @Override
        public int type() {
            return PRIV;
        }

        @Override
        public int sizeBytes() {
            return HEAD_SIZE_BYTES + RtcpText.sizeBytes(prefix) + RtcpText.sizeBytes(value) - 1;
        }

        @Override
        public void write(ByteBuf out) {
            int content = sizeBytes() - HEAD_SIZE_BYTES;
            RtcpText.requireFits(content);
            out.writeByte(PRIV);
            out.writeByte(content);
            RtcpText.write(out, prefix);
            RtcpText.writeUncounted(out, value);
        }

        private static @Nullable Private read(ByteBuf content) {
            String prefix = RtcpText.read(content);
            return prefix == null
                    ? null
                    : new Private(prefix, RtcpText.readUncounted(content, content.readableBytes()));
        }
    }

    /** The item behind a type that is not 0, or null when its length does not fit. */
    static @Nullable SdesItem read(int type, ByteBuf body) {
        if (type != PRIV) {
            String text = RtcpText.read(body);
            return text == null ? null : new Text(type, text);
        }
        int size = body.isReadable() ? body.readUnsignedByte() : Integer.MAX_VALUE;
        return size > body.readableBytes() ? null : Private.read(body.readSlice(size));
    }
}
