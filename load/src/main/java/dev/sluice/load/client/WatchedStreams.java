package dev.sluice.load.client;

import dev.sluice.media.receive.NackRequester;
import dev.sluice.media.receive.ReceiveCounters;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.media.sdp.NegotiatedSession;
import dev.sluice.media.time.Deadline;
import dev.sluice.video.frame.KeyFrameDetector;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** The streams of one viewer: each SSRC is known by the payload type of its first packet. */
final class WatchedStreams {

    /** A server that invents more SSRCs than this is not followed. */
    static final int MAX_STREAMS = 8;

    private final KeyFrameDetector detector = new KeyFrameDetector();
    private final ReceiveCounters counters = new ReceiveCounters();
    private final List<NegotiatedCodec> formats = new ArrayList<>();
    private final List<WatchedStream> streams = new ArrayList<>();

    void onAgreed(NegotiatedSession session) {
        for (NegotiatedMedia media : session.media()) {
            formats.addAll(media.codecs());
        }
    }

    /** The stream of a media packet; null where nothing agreed on has its payload type. */
    @Nullable WatchedStream find(long ssrc, int payloadType) {
        WatchedStream known = ofSsrc(ssrc);
        if (known != null || streams.size() == MAX_STREAMS) {
            return known;
        }
        for (NegotiatedCodec format : formats) {
            if (format.payloadType() == payloadType) {
                WatchedStream stream = new WatchedStream(ssrc, format, detector, counters);
                streams.add(stream);
                return stream;
            }
        }
        return null;
    }

    @Nullable WatchedStream ofSsrc(long ssrc) {
        for (int i = 0; i < streams.size(); i++) {
            if (streams.get(i).ssrc() == ssrc) {
                return streams.get(i);
            }
        }
        return null;
    }

    /** Whether the payload type is one of retransmissions. */
    boolean isRepair(int payloadType) {
        for (int i = 0; i < formats.size(); i++) {
            if (formats.get(i).rtxPayloadType() == payloadType) {
                return true;
            }
        }
        return false;
    }

    /** The newest stream whose retransmissions have the payload type; null where there is none. */
    @Nullable WatchedStream repairedBy(int payloadType) {
        for (int i = streams.size() - 1; i >= 0; i--) {
            if (streams.get(i).format().rtxPayloadType() == payloadType) {
                return streams.get(i);
            }
        }
        return null;
    }

    boolean hasKeyFrame() {
        boolean hasVideo = false;
        for (int i = 0; i < streams.size(); i++) {
            WatchedStream stream = streams.get(i);
            hasVideo |= stream.isVideo();
            if (stream.awaitsKeyFrame()) {
                return false;
            }
        }
        return hasVideo;
    }

    List<WatchedStream> videos() {
        return streams.stream().filter(WatchedStream::isVideo).toList();
    }

    List<ReportBlock> reportBlocks(long nowNanos) {
        return streams.stream()
                .filter(WatchedStream::hasReceived)
                .map(stream -> stream.reportBlock(nowNanos))
                .toList();
    }

    void onDeadline(long nowNanos, NackRequester.Sink out) {
        for (int i = 0; i < streams.size(); i++) {
            streams.get(i).onDeadline(nowNanos, out);
        }
    }

    long nextDeadlineNanos() {
        long next = Deadline.NEVER;
        for (int i = 0; i < streams.size(); i++) {
            next = Math.min(next, streams.get(i).nextDeadlineNanos());
        }
        return next;
    }

    long expected() {
        return sum(stream -> stream.count().expected());
    }

    long received() {
        return sum(stream -> stream.count().received());
    }

    long recovered() {
        return sum(stream -> stream.count().recovered());
    }

    long duplicates() {
        return sum(stream -> stream.count().duplicates());
    }

    long pending() {
        return sum(WatchedStream::pending);
    }

    /** Sequence numbers asked for, each time counted. */
    long requested() {
        return counters.requested().value();
    }

    private long sum(ToLongFunction<WatchedStream> figure) {
        long sum = 0;
        for (WatchedStream stream : streams) {
            sum += figure.applyAsLong(stream);
        }
        return sum;
    }
}
