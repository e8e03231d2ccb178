package dev.sluice.server.session;

import dev.sluice.media.fec.FecReceiver;
import dev.sluice.media.receive.ReceiveStream;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.media.stream.RtpStream;

import org.jspecify.annotations.Nullable;

/** One media SSRC that a peer sends: which media section and layer it is, and its receive state. */
public final class IncomingStream {

    private final NegotiatedMedia media;
    private final String rid;
    private final long ssrc;
    private final ReceiveStream receive;

    private @Nullable RtpStream<Void> life;
    private @Nullable FecReceiver fec;
    private long countedLost;

    IncomingStream(NegotiatedMedia media, String rid, long ssrc, ReceiveStream receive) {
        this.media = media;
        this.rid = rid;
        this.ssrc = ssrc;
        this.receive = receive;
    }

    /** The media section that it belongs to. */
    public NegotiatedMedia media() {
        return media;
    }

    /** The simulcast layer's RID (RFC 8851); empty without simulcast. */
    public String rid() {
        return rid;
    }

    public long ssrc() {
        return ssrc;
    }

    /** Numbers, losses and the kept packets. */
    public ReceiveStream receive() {
        return receive;
    }

    /** Its state and numbers; null before the first accepted packet. */
    @Nullable RtpStream<Void> life() {
        return life;
    }

    /** What undoes its FEC; null without. */
    @Nullable FecReceiver fec() {
        return fec;
    }

    void protect(FecReceiver receiver) {
        fec = receiver;
    }

    void begin(RtpStream<Void> stream) {
        life = stream;
    }

    /**
     * Packets that were lost on the way since the last call; a late one makes up for a later loss.
     */
    long takeNewlyLost() {
        long lost = receive.statistics().cumulativeLost();
        long newlyLost = Math.max(0, lost - countedLost);
        countedLost += newlyLost;
        return newlyLost;
    }

    /** The format behind a payload type; null when it is not negotiated. */
    public @Nullable NegotiatedCodec codec(int payloadType) {
        return MediaFormats.byPayloadType(media, payloadType);
    }
}
