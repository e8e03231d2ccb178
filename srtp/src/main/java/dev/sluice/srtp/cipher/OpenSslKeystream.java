package dev.sluice.srtp.cipher;

import io.netty.buffer.ByteBuf;

import java.lang.ref.Reference;
import java.util.Objects;

/** Counter mode by OpenSSL: one context a key, of which each packet changes the counter only. */
final class OpenSslKeystream implements PacketKeystream {

    private static final int COUNTER_OFFSET = 0;

    /** Where OpenSSL says how much it wrote. */
    private static final int WRITTEN_OFFSET = 16;

    private static final int FIXED_SIZE_BYTES = 32;

    private final NativeMemory fixed = new NativeMemory(FIXED_SIZE_BYTES);
    private final NativeSpan span = new NativeSpan();
    private final NativeHandle context;

    OpenSslKeystream(byte[] key) {
        context = OpenSsl.context(OpenSsl.aesCounterMode(key.length), key);
    }

    @Override
    public void apply(ByteBuf packet, int clearSizeBytes, long counterHead, long counterTail) {
        Objects.checkIndex(clearSizeBytes, packet.readableBytes() + 1);
        long start = span.locate(packet, packet.readableBytes());
        int size = packet.readableBytes() - clearSizeBytes;
        fixed.setLong(COUNTER_OFFSET, counterHead);
        fixed.setLong(COUNTER_OFFSET + Long.BYTES, counterTail);
        try {
            process(start + clearSizeBytes, size);
        } finally {
            Reference.reachabilityFence(this);
        }
        span.store(packet, clearSizeBytes, size);
    }

    private void process(long data, int sizeBytes) {
        long cipher = context.address();
        OpenSsl.start(
                cipher,
                fixed.address(COUNTER_OFFSET, AesCounterMode.BLOCK_SIZE_BYTES),
                OpenSsl.ENCRYPT);
        OpenSsl.update(cipher, data, fixed.address(WRITTEN_OFFSET, Integer.BYTES), data, sizeBytes);
    }

    @Override
    public void close() {
        fixed.close();
        span.close();
        context.close();
    }
}
