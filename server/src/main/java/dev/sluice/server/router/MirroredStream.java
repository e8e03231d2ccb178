package dev.sluice.server.router;

import dev.sluice.media.buffer.PacketRing;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.server.session.IncomingStream;
import dev.sluice.server.session.MediaSource;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** One SSRC of a publisher of another loop: its packets as they are kept for the viewers here. */
final class MirroredStream implements MediaSource {

    private final NegotiatedMedia media;
    private final String rid;
    private final long ssrc;
    private final PacketRing ring;
    private final List<PictureSize> announcedSizes;
    private long highestSequence = -1;
    private @Nullable SenderReport lastSenderReport;
    private long lastSenderReportNanos;

    MirroredStream(NegotiatedMedia media, RelayNote.Stream announced) {
        this.media = media;
        this.rid = announced.rid();
        this.ssrc = announced.ssrc();
        this.announcedSizes = announced.sizes();
        this.ring = new PacketRing(IncomingStream.ringPackets(media.kind()));
    }

    /** Keeps a packet; takes the buffer. False where it is too old. */
    boolean keep(long extendedSequence, ByteBuf packet) {
        highestSequence = Math.max(highestSequence, extendedSequence);
        return ring.put(extendedSequence, packet);
    }

    /** The sizes of its pictures when it was announced. */
    List<PictureSize> announcedSizes() {
        return announcedSizes;
    }

    void onSenderReport(@Nullable SenderReport report, long atNanos) {
        lastSenderReport = report;
        lastSenderReportNanos = atNanos;
    }

    void release() {
        ring.clear();
    }

    @Override
    public NegotiatedMedia media() {
        return media;
    }

    @Override
    public String rid() {
        return rid;
    }

    @Override
    public long ssrc() {
        return ssrc;
    }

    @Override
    public @Nullable ByteBuf packet(long extendedSequence) {
        return ring.get(extendedSequence);
    }

    @Override
    public long highestSequence() {
        return highestSequence;
    }

    @Override
    public @Nullable SenderReport lastSenderReport() {
        return lastSenderReport;
    }

    @Override
    public long lastSenderReportNanos() {
        return lastSenderReportNanos;
    }

    @Override
    public void onKeyFrame() {
        // Who asks the publisher for what is missing is on his own loop.
    }
}
