package dev.sluice.video.payload;

import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** RTP packets from a resource file in RFC 4571 framing: a 16-bit length before each packet. */
public final class RecordedPackets {

    private RecordedPackets() {}

    /** The packets of a file beside this class, over heap memory that needs no release. */
    public static List<RtpPacket> of(String fileName) {
        try (InputStream file =
                        Objects.requireNonNull(
                                RecordedPackets.class.getResourceAsStream(fileName), fileName);
                DataInputStream in = new DataInputStream(file)) {
            List<RtpPacket> packets = new ArrayList<>();
            while (in.available() > 0) {
                packets.add(packet(in.readNBytes(in.readUnsignedShort())));
            }
            return packets;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RtpPacket packet(byte[] bytes) {
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
        RtpPacket packet = new RtpPacket();
        if (!packet.wrap(buffer)) {
            throw new IllegalArgumentException("not an RTP packet: " + buffer);
        }
        return packet;
    }
}
