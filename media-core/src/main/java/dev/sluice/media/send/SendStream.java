package dev.sluice.media.send;

/** What a sender report counts of an outgoing SSRC (RFC 3550 6.4.1). */
public final class SendStream {

    private final long ssrc;
    private long packets;
    private long payloadBytes;

    public SendStream(long ssrc) {
        this.ssrc = ssrc;
    }

    public long ssrc() {
        return ssrc;
    }

    public void onPacket(int payloadSizeBytes) {
        packets++;
        payloadBytes += payloadSizeBytes;
    }

    /** Modulo 2^32, as it goes on the wire. */
    public long packetCount() {
        return packets & 0xFFFF_FFFFL;
    }

    /** Payload bytes without headers and padding, modulo 2^32. */
    public long octetCount() {
        return payloadBytes & 0xFFFF_FFFFL;
    }
}
