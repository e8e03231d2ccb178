package dev.sluice.video.payload.av1;

import dev.sluice.video.payload.Packetizer;
import dev.sluice.video.payload.PayloadSink;
import dev.sluice.video.payload.PayloadSize;
import dev.sluice.video.payload.av1.Av1TemporalUnit.Obu;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Puts the OBUs of temporal units into payloads, "RTP Payload Format For AV1" section 5: as many as
 * fit, cut where one is full. OBUs of different layers are in different payloads; only the last
 * payload of the temporal unit is told as the last one.
 */
public final class Av1Packetizer implements Packetizer {

    /** A first part of an OBU that is shorter than this waits for the next payload. */
    private static final int MIN_FRAGMENT_BYTES = 8;

    private final Av1TemporalUnit unit = new Av1TemporalUnit();
    private final Av1PayloadBuilder builder = new Av1PayloadBuilder();
    private final ByteBuf payload = Unpooled.buffer();
    private boolean startsSequence;

    @Override
    public void packetize(ByteBuf frame, int maxPayloadSizeBytes, PayloadSink out) {
        PayloadSize.require(frame, maxPayloadSizeBytes);
        if (!unit.read(frame)) {
            throw new IllegalArgumentException(
                    "not a temporal unit of AV1: %d bytes".formatted(frame.readableBytes()));
        }
        startsSequence = unit.startsCodedVideoSequence();
        builder.clear(false);
        for (Obu obu : unit.obus()) {
            if (!builder.takes(obu)) {
                send(false, false, out);
            }
            place(obu, maxPayloadSizeBytes, out);
        }
        send(false, true, out);
    }

    private void place(Obu obu, int maxPayloadSizeBytes, PayloadSink out) {
        int index = obu.index();
        int end = obu.index() + obu.sizeBytes();
        while (index < end) {
            int roomBytes = builder.roomBytes(maxPayloadSizeBytes);
            if (end - index <= roomBytes) {
                builder.add(index, end - index, obu.layer());
                index = end;
            } else if (roomBytes < MIN_FRAGMENT_BYTES) {
                send(false, false, out);
            } else {
                builder.add(index, roomBytes, obu.layer());
                index += roomBytes;
                send(true, false, out);
            }
        }
    }

    private void send(boolean endsWithFragment, boolean last, PayloadSink out) {
        payload.clear();
        builder.write(unit.bytes(), endsWithFragment, startsSequence, payload);
        startsSequence = false;
        builder.clear(endsWithFragment);
        out.onPayload(payload, last);
    }
}
