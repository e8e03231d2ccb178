package dev.sluice.server.router;

import dev.sluice.media.rtcp.PictureLossIndication;
import dev.sluice.media.rtcp.RtcpPacket;
import dev.sluice.media.rtp.AbsSendTime;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.RtpHeaderWriter;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.rtp.TransportSequence;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.media.time.Deadline;
import dev.sluice.server.router.OfferText.Formats;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Publishes one picture in several VP8 encodings of different bitrates, 30 times a second; answers
 * PLI with a key frame, which is three times as large. The first payload byte behind the descriptor
 * and the frame tag names the encoding.
 */
final class SimulatedSimulcast extends SimulatedPeer {

    static final Formats FORMATS = new Formats(111, 96, 97);

    private static final long FRAME_NANOS = 33_333_333L;
    private static final int FRAMES_PER_SECOND = 30;
    private static final int MAX_PAYLOAD_BYTES = 1_100;
    private static final int KEY_FRAME_FACTOR = 3;

    /** X, S; I, L, T; a picture id of 15 bits; TL0PICIDX; TID and Y. */
    private static final int DESCRIPTOR_BYTES = 6;

    /** Where the encoding's number is in a frame's first packet. */
    static final int ENCODING_OFFSET = DESCRIPTOR_BYTES + 10;

    private final List<Encoding> encodings = new ArrayList<>();
    private final RtpHeaderWriter writer = new RtpHeaderWriter();
    private int transportSequence = 65_000;
    private long nextFrameNanos = Deadline.NEVER;
    private long frames;
    private boolean ignoresPictureLoss;

    /** One simulcast layer. */
    private static final class Encoding {
        final String rid;
        final int number;
        final long ssrc;
        final int frameBytes;
        final long firstTimestamp;
        int sequence;
        int pictureId;
        int tl0;
        boolean keyFrameDue = true;
        boolean silent;
        int keyFrames;

        Encoding(String rid, int number, long bps, Random random) {
            this.rid = rid;
            this.number = number;
            this.ssrc = random.nextInt() & 0xFFFF_FFFFL;
            this.frameBytes = (int) (bps / 8 / FRAMES_PER_SECOND);
            this.firstTimestamp = random.nextInt() & 0xFFFF_FFFFL;
            this.sequence = random.nextInt(1 << 16);
            this.pictureId = random.nextInt(1 << 15);
            this.tl0 = random.nextInt(1 << 8);
        }
    }

    /**
     * @param bps of each encoding, from the lowest to the highest
     */
    SimulatedSimulcast(long seed, InetSocketAddress address, long... bps) {
        super(seed, address);
        for (int i = 0; i < bps.length; i++) {
            encodings.add(new Encoding("r" + i, i, bps[i], random));
        }
    }

    /** How many key frames an encoding has sent. */
    int keyFrames(int encoding) {
        return encodings.get(encoding).keyFrames;
    }

    /** The encoding sends nothing from now on, or something again, with a key frame. */
    void silence(int encoding, boolean silent) {
        encodings.get(encoding).silent = silent;
        encodings.get(encoding).keyFrameDue = !silent;
    }

    /** From now on no key frames are sent when asked for, or again. */
    void ignorePictureLoss(boolean ignored) {
        ignoresPictureLoss = ignored;
    }

    void startMedia(long nowNanos) {
        nextFrameNanos = nowNanos;
    }

    @Override
    SessionDescription offer(String fingerprint) {
        return OfferText.of(
                "sendonly",
                FORMATS,
                localCredentials(),
                fingerprint,
                setup(),
                encodings.stream().map(encoding -> encoding.rid).toList());
    }

    @Override
    void onAnswer(SessionDescription answer) {
        // Payload types are its own, and it announces no SSRC.
    }

    @Override
    void onMedia(RtpPacket packet, long nowNanos, Wire out) {
        throw new AssertionError("The server sent media to a publisher");
    }

    @Override
    void onFeedback(RtcpPacket packet, long nowNanos, Wire out) {
        if (packet instanceof PictureLossIndication pli && !ignoresPictureLoss) {
            encodings.stream()
                    .filter(encoding -> encoding.ssrc == pli.mediaSsrc())
                    .forEach(encoding -> encoding.keyFrameDue = true);
        }
    }

    @Override
    long nextMediaDeadlineNanos() {
        return nextFrameNanos;
    }

    @Override
    void onMediaDeadline(long nowNanos, Wire out) {
        nextFrameNanos += FRAME_NANOS;
        frames++;
        for (Encoding encoding : encodings) {
            if (!encoding.silent) {
                sendFrame(encoding, nowNanos, out);
            }
        }
    }

    private void sendFrame(Encoding encoding, long nowNanos, Wire out) {
        boolean isKeyFrame = encoding.keyFrameDue;
        encoding.keyFrameDue = false;
        encoding.keyFrames += isKeyFrame ? 1 : 0;
        encoding.pictureId = (encoding.pictureId + 1) & 0x7FFF;
        encoding.tl0 = (encoding.tl0 + 1) & 0xFF;
        int left = Math.max(20, encoding.frameBytes * (isKeyFrame ? KEY_FRAME_FACTOR : 1));
        for (boolean first = true; left > 0; first = false) {
            int size = Math.min(left, MAX_PAYLOAD_BYTES);
            left -= size;
            sendRtp(packet(encoding, first, left == 0, isKeyFrame, size, nowNanos), out);
        }
    }

    private ByteBuf packet(
            Encoding encoding,
            boolean first,
            boolean last,
            boolean isKeyFrame,
            int sizeBytes,
            long nowNanos) {
        ByteBuf out = Unpooled.buffer(sizeBytes + 100);
        long timestamp = (encoding.firstTimestamp + frames * 3_000) & 0xFFFF_FFFFL;
        writer.begin(
                out, FORMATS.vp8(), last, encoding.sequence++ & 0xFFFF, timestamp, encoding.ssrc);
        element(HeaderExtension.MID, OfferText.VIDEO_MID);
        element(HeaderExtension.RID, encoding.rid);
        writer.element(
                OfferText.EXTENSIONS.id(HeaderExtension.ABS_SEND_TIME),
                AbsSendTime.SIZE_BYTES,
                AbsSendTime.fromNanos(nowNanos));
        writer.element(
                OfferText.EXTENSIONS.id(HeaderExtension.TRANSPORT_WIDE_CC),
                TransportSequence.SIZE_BYTES,
                transportSequence++ & 0xFFFF);
        writer.end();
        out.writeByte(first ? 0x90 : 0x80).writeByte(0xE0);
        out.writeShort(0x8000 | encoding.pictureId).writeByte(encoding.tl0).writeByte(0x20);
        int start = out.writerIndex();
        out.writeZero(Math.max(20, sizeBytes - DESCRIPTOR_BYTES));
        if (first) {
            writeFrameTag(out, start, isKeyFrame);
            out.setByte(start + ENCODING_OFFSET - DESCRIPTOR_BYTES, encoding.number);
        }
        return out;
    }

    /** RFC 6386 section 9.1: the tag, and for key frames the start code. */
    private static void writeFrameTag(ByteBuf out, int start, boolean isKeyFrame) {
        out.setByte(start, isKeyFrame ? 0x10 : 0x11);
        if (isKeyFrame) {
            out.setMedium(start + 3, 0x9d012a);
        }
    }

    private void element(HeaderExtension extension, String text) {
        writer.element(
                OfferText.EXTENSIONS.id(extension), text.getBytes(StandardCharsets.US_ASCII));
    }
}
