package dev.sluice.bench.runs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what {@code dumpcap -P} wrote of an Ethernet or a loopback interface: a header of 24 bytes,
 * then before each packet 16 bytes with its time and sizes, of which some may be cut off. RTP by
 * UDP over IPv4 counts, all else is passed over.
 */
final class Capture {

    private static final int MAGIC = 0xa1b2c3d4;
    private static final int FILE_HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int ETHERNET_BYTES = 14;
    private static final int ETHERTYPE_OFFSET = 12;
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int IP_PROTOCOL_OFFSET = 9;
    private static final int UDP = 17;
    private static final int UDP_LENGTH_OFFSET = 4;
    private static final int UDP_BYTES = 8;
    private static final int RTP_BYTES = 12;
    private static final int RTP_TIMESTAMP_OFFSET = 4;
    private static final int RTP_SSRC_OFFSET = 8;

    /** RFC 5761 section 4: the second byte of RTCP is among these. */
    private static final int FIRST_RTCP = 192;

    private static final int LAST_RTCP = 223;

    private Capture() {}

    /**
     * The RTP packets, in their order. A record that is not whole ends the file.
     *
     * @throws IllegalArgumentException when this is no such file of this machine's byte order
     */
    static List<Arrival> read(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.nativeOrder());
        if (in.remaining() < FILE_HEADER_BYTES || in.getInt(0) != MAGIC) {
            throw new IllegalArgumentException("expected a pcap file with microseconds");
        }
        List<Arrival> found = new ArrayList<>();
        in.position(FILE_HEADER_BYTES);
        while (in.remaining() >= RECORD_HEADER_BYTES) {
            long nanos = Integer.toUnsignedLong(in.getInt()) * 1_000_000_000L + in.getInt() * 1000L;
            int captured = in.getInt();
            in.getInt();
            if (captured < 0 || captured > in.remaining()) {
                break;
            }
            arrival(nanos, in.slice(in.position(), captured)).ifPresent(found::add);
            in.position(in.position() + captured);
        }
        return found;
    }

    /** Network byte order, as a slice has. */
    private static Optional<Arrival> arrival(long nanos, ByteBuffer frame) {
        if (frame.remaining() < ETHERNET_BYTES + 20
                || frame.getShort(ETHERTYPE_OFFSET) != ETHERTYPE_IPV4
                || frame.get(ETHERNET_BYTES + IP_PROTOCOL_OFFSET) != UDP) {
            return Optional.empty();
        }
        int udp = ETHERNET_BYTES + (frame.get(ETHERNET_BYTES) & 0x0f) * 4;
        int rtp = udp + UDP_BYTES;
        if (frame.remaining() < rtp + RTP_BYTES || !isRtp(frame, rtp)) {
            return Optional.empty();
        }
        int bytes = Short.toUnsignedInt(frame.getShort(udp + UDP_LENGTH_OFFSET)) - UDP_BYTES;
        long timestamp = Integer.toUnsignedLong(frame.getInt(rtp + RTP_TIMESTAMP_OFFSET));
        long ssrc = Integer.toUnsignedLong(frame.getInt(rtp + RTP_SSRC_OFFSET));
        return Optional.of(new Arrival(nanos, bytes, ssrc, timestamp));
    }

    private static boolean isRtp(ByteBuffer frame, int at) {
        int second = Byte.toUnsignedInt(frame.get(at + 1));
        return Byte.toUnsignedInt(frame.get(at)) >> 6 == 2
                && (second < FIRST_RTCP || second > LAST_RTCP);
    }
}
