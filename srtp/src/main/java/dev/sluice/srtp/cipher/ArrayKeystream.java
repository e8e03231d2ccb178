package dev.sluice.srtp.cipher;

import io.netty.buffer.ByteBuf;

/** What counter mode that works on arrays has in common: packets are copied in and back. */
abstract class ArrayKeystream implements PacketKeystream {

    private final Scratch scratch = new Scratch();

    @Override
    public final void apply(
            ByteBuf packet, int clearSizeBytes, long counterHead, long counterTail) {
        int start = packet.readerIndex() + clearSizeBytes;
        int size = packet.readableBytes() - clearSizeBytes;
        scratch.load(packet, start, size, 0);
        process(counterHead, counterTail, scratch.input(), size, scratch.output());
        packet.setBytes(start, scratch.output(), 0, size);
    }

    /** Encrypts or decrypts the first {@code sizeBytes} of the input. */
    abstract void process(
            long counterHead, long counterTail, byte[] input, int sizeBytes, byte[] output);

    @Override
    public void close() {
        scratch.wipe();
    }
}
