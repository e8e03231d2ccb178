package dev.sluice.video.frame;

import dev.sluice.video.payload.Depacketizer.FrameStart;

import io.netty.buffer.ByteBuf;

import java.util.List;

/**
 * A frame, with exactly what is missing of it. Packets that are missing before the first one are
 * told by the {@link FrameGap} before the frame.
 *
 * @param firstSequence extended sequence number of the first packet that came
 * @param lastSequence of the last one that came
 * @param timestamp RTP timestamp, 0 to 2^32 - 1
 * @param keyFrame whether a payload says that a decoder can begin with the frame
 * @param completeness whether all of it is there
 * @param start whether the first packet that came is the first of the frame
 * @param endKnown whether the last packet that came is the last of the frame: it has the marker, or
 *     the packet after it has another timestamp
 * @param missing packets between the first and the last, in ascending order
 * @param unusablePackets packets that came, but whose payload is malformed or of a kind that is not
 *     read, or is a fragment of which another is missing, or went over the largest size of a frame
 * @param decodable whether a decoder that was given all frames before has all that this one refers
 *     to: false from a loss on until the next key frame. Temporal layers are not looked at, and
 *     parameter sets of earlier key frames are taken to be known
 * @param data what the depacketizer made of the payloads: the whole frame if it is complete, else
 *     what could be put together. Borrowed until the call returns that hands it out; who keeps it
 *     retains it, and nobody writes to it after that
 */
public record AssembledFrame(
        long firstSequence,
        long lastSequence,
        long timestamp,
        boolean keyFrame,
        Completeness completeness,
        FrameStart start,
        boolean endKnown,
        List<SequenceRange> missing,
        int unusablePackets,
        boolean decodable,
        ByteBuf data) {

    public AssembledFrame {
        missing = List.copyOf(missing);
    }
}
