package dev.sluice.server.session;

import dev.sluice.media.receive.ReceiveStream;
import dev.sluice.media.rtp.ExtensionElement;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.AnnouncedSsrc;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.NegotiatedMedia;

import io.netty.util.collection.LongObjectHashMap;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Which stream an SSRC belongs to. An SSRC is bound by the packet's MID and RID (RFC 8843 9.2, RFC
 * 8852), by the SSRCs announced in the offer, or by a payload type that only one media section has.
 * Only authentic packets get here.
 */
final class StreamTable {

    /** SSRCs of one peer; a camera with three layers and repair has eight. */
    static final int MAX_SSRCS = 64;

    /**
     * What an SSRC carries.
     *
     * @param stream the media stream, or the one that a repair stream repairs
     */
    record Binding(IncomingStream stream, Content content) {}

    /** What the packets of an SSRC are. */
    enum Content {
        MEDIA,
        /** RFC 4588. */
        RETRANSMISSIONS,
        /** FlexFEC, which has a stream of its own. */
        FEC
    }

    private final List<NegotiatedMedia> medias;
    private final StreamFactory factory;
    private final LongObjectHashMap<Binding> bindings = new LongObjectHashMap<>();
    private final List<IncomingStream> streams = new ArrayList<>();

    /** Makes the receive state of a new media SSRC. */
    @FunctionalInterface
    interface StreamFactory {

        ReceiveStream create(NegotiatedMedia media, NegotiatedCodec codec, long ssrc);
    }

    StreamTable(List<NegotiatedMedia> medias, StreamFactory factory) {
        this.medias = medias;
        this.factory = factory;
    }

    List<IncomingStream> streams() {
        return streams;
    }

    @Nullable IncomingStream mediaStream(long ssrc) {
        Binding binding = bindings.get(ssrc);
        return binding == null || binding.content() != Content.MEDIA ? null : binding.stream();
    }

    /** The binding of the packet's SSRC, made now if the packet says enough; null otherwise. */
    @Nullable Binding find(RtpPacket packet) {
        Binding binding = bindings.get(packet.ssrc());
        return binding != null ? binding : bind(packet);
    }

    private @Nullable Binding bind(RtpPacket packet) {
        if (bindings.size() >= MAX_SSRCS) {
            return null;
        }
        NegotiatedMedia media = mediaOf(packet);
        if (media == null) {
            return null;
        }
        Binding binding =
                MediaFormats.mediaOf(media, packet.payloadType()) != null
                        ? bindMedia(media, packet)
                        : bindRepair(media, packet);
        if (binding != null) {
            bindings.put(packet.ssrc(), binding);
        }
        return binding;
    }

    private @Nullable Binding bindMedia(NegotiatedMedia media, RtpPacket packet) {
        NegotiatedCodec codec = MediaFormats.mediaOf(media, packet.payloadType());
        String rid = text(media, HeaderExtension.RID, packet);
        if (codec == null || (!media.rids().isEmpty() && !media.rids().contains(rid))) {
            return null;
        }
        ReceiveStream receive = factory.create(media, codec, packet.ssrc());
        IncomingStream stream = new IncomingStream(media, rid, packet.ssrc(), receive);
        streams.add(stream);
        return new Binding(stream, Content.MEDIA);
    }

    private @Nullable Binding bindRepair(NegotiatedMedia media, RtpPacket packet) {
        boolean isFec = MediaFormats.flexfec(media, packet.payloadType()) != null;
        if (!isFec && !MediaFormats.isRetransmission(media, packet.payloadType())) {
            return null;
        }
        IncomingStream repaired = repairedBy(media, packet);
        return repaired == null
                ? null
                : new Binding(repaired, isFec ? Content.FEC : Content.RETRANSMISSIONS);
    }

    private @Nullable IncomingStream repairedBy(NegotiatedMedia media, RtpPacket packet) {
        String rid = text(media, HeaderExtension.REPAIRED_RID, packet);
        long announced = announcedMediaSsrc(media, packet.ssrc());
        IncomingStream onlyOne = null;
        int candidates = 0;
        for (IncomingStream stream : streams) {
            if (stream.media().index() != media.index()) {
                continue;
            }
            if (stream.ssrc() == announced || (!rid.isEmpty() && rid.equals(stream.rid()))) {
                return stream;
            }
            onlyOne = stream;
            candidates++;
        }
        return candidates == 1 && rid.isEmpty() ? onlyOne : null;
    }

    private @Nullable NegotiatedMedia mediaOf(RtpPacket packet) {
        NegotiatedMedia byPayloadType = null;
        int claims = 0;
        for (NegotiatedMedia media : medias) {
            String mid = text(media, HeaderExtension.MID, packet);
            if (!mid.isEmpty() ? mid.equals(media.mid()) : announces(media, packet.ssrc())) {
                return media;
            }
            if (mid.isEmpty() && hasPayloadType(media, packet.payloadType())) {
                byPayloadType = media;
                claims++;
            }
        }
        return claims == 1 ? byPayloadType : null;
    }

    private static boolean hasPayloadType(NegotiatedMedia media, int payloadType) {
        return MediaFormats.mediaOf(media, payloadType) != null
                || MediaFormats.isRetransmission(media, payloadType)
                || MediaFormats.flexfec(media, payloadType) != null;
    }

    private static boolean announces(NegotiatedMedia media, long ssrc) {
        return media.ssrcs().stream()
                .anyMatch(a -> a.ssrc() == ssrc || a.rtxSsrc() == ssrc || a.fecSsrc() == ssrc);
    }

    private static long announcedMediaSsrc(NegotiatedMedia media, long repairSsrc) {
        for (AnnouncedSsrc announced : media.ssrcs()) {
            if (announced.rtxSsrc() == repairSsrc || announced.fecSsrc() == repairSsrc) {
                return announced.ssrc();
            }
        }
        return -1;
    }

    private static String text(NegotiatedMedia media, HeaderExtension extension, RtpPacket packet) {
        int id = media.extensions().id(extension);
        String text = id == 0 ? null : ExtensionElement.text(packet, id);
        return text == null ? "" : text;
    }
}
