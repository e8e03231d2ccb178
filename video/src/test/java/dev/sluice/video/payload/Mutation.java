package dev.sluice.video.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Recorded payloads with a few things wrong: bits, lengths, order, losses. */
public final class Mutation {

    private Mutation() {}

    /** All payloads of a recording, some of them changed, cut, lost, or twice. */
    public static List<ByteBuf> of(String fileName, long seed) {
        Random random = new Random(seed);
        List<ByteBuf> mutated = new ArrayList<>();
        for (Payloads.OfFrame frame : Payloads.recorded(fileName)) {
            for (ByteBuf payload : frame.payloads()) {
                mutate(payload, random, mutated);
            }
        }
        return mutated;
    }

    private static void mutate(ByteBuf payload, Random random, List<ByteBuf> out) {
        ByteBuf copy = Unpooled.copiedBuffer(payload);
        switch (random.nextInt(8)) {
            case 0 -> {}
            case 1 -> out.addAll(List.of(copy, copy));
            case 2 -> out.add(copy.slice(0, random.nextInt(copy.readableBytes())));
            case 3, 4 -> out.add(flip(copy, random, copy.readableBytes()));
            case 5 -> out.add(flip(copy, random, Math.min(4, copy.readableBytes())));
            default -> out.add(copy);
        }
    }

    private static ByteBuf flip(ByteBuf payload, Random random, int withinBytes) {
        int index = random.nextInt(withinBytes);
        payload.setByte(index, payload.getByte(index) ^ 1 << random.nextInt(8));
        return payload;
    }
}
