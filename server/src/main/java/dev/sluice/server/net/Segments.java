package dev.sluice.server.net;

import io.netty.buffer.ByteBuf;

import java.util.function.Consumer;

/** Cuts a run of datagrams apart where the kernel does not. */
final class Segments {

    private Segments() {}

    /**
     * Gives each datagram of a run away; takes the run.
     *
     * @param segmentBytes the size of each but the last, above 0
     */
    static void forEach(ByteBuf run, int segmentBytes, Consumer<ByteBuf> out) {
        try {
            while (run.isReadable()) {
                out.accept(run.readRetainedSlice(Math.min(segmentBytes, run.readableBytes())));
            }
        } finally {
            run.release();
        }
    }
}
