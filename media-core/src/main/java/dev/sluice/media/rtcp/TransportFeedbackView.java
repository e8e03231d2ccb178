package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

/**
 * A transport-wide feedback as it was read last, without an object for each: peers send up to 20 a
 * second.
 */
public final class TransportFeedbackView implements TransportArrivals {

    private final StatusChunkReader chunks = new StatusChunkReader();
    private short[] deltasTicks = {};
    private long senderSsrc;
    private long mediaSsrc;
    private int baseSequence;
    private int statusCount;
    private int referenceTime;
    private int feedbackCount;

    TransportFeedbackView() {}

    /** Reads what follows the header; false when that breaks the format. */
    boolean read(ByteBuf body) {
        if (body.readableBytes() < TransportFeedback.FIXED_SIZE_BYTES) {
            return false;
        }
        senderSsrc = body.readUnsignedInt();
        mediaSsrc = body.readUnsignedInt();
        baseSequence = body.readUnsignedShort();
        statusCount = body.readUnsignedShort();
        referenceTime = body.readMedium();
        feedbackCount = body.readUnsignedByte();
        return statusCount > 0 && chunks.read(body, statusCount) && readDeltas(body);
    }

    private boolean readDeltas(ByteBuf body) {
        int count = chunks.receivedCount();
        if (deltasTicks.length < count) {
            deltasTicks = new short[Math.max(count, 2 * deltasTicks.length)];
        }
        for (int i = 0; i < count; i++) {
            boolean isLarge = chunks.hasLargeDelta(i);
            if (body.readableBytes() < (isLarge ? 2 : 1)) {
                return false;
            }
            deltasTicks[i] = isLarge ? body.readShort() : body.readUnsignedByte();
        }
        return true;
    }

    @Override
    public int baseSequence() {
        return baseSequence;
    }

    @Override
    public int statusCount() {
        return statusCount;
    }

    @Override
    public int referenceTime() {
        return referenceTime;
    }

    @Override
    public int size() {
        return chunks.receivedCount();
    }

    @Override
    public int offset(int position) {
        return chunks.offset(position);
    }

    @Override
    public int deltaTicks(int position) {
        return deltasTicks[position];
    }

    /** The same as a value, which stays as it is. */
    public TransportFeedback toValue() {
        var arrivals = new PacketArrivals.Builder(size());
        for (int i = 0; i < size(); i++) {
            arrivals.add(offset(i), deltaTicks(i));
        }
        return new TransportFeedback(
                senderSsrc,
                mediaSsrc,
                baseSequence,
                statusCount,
                referenceTime,
                feedbackCount,
                arrivals.build());
    }
}
