package dev.sluice.media.sdp;

import dev.sluice.media.rtp.HeaderExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes our offer, section by section (RFC 8829 section 5.2): all of it in one bundle. */
final class OfferWriter {

    /** The port of a section whose addresses are candidates (RFC 8829 section 5.2.1). */
    private static final int DISCARD_PORT = 9;

    private static final String PROTOCOL = "UDP/TLS/RTP/SAVPF";

    /** A place in the offer: a section that is meant, or one that is over. */
    sealed interface Slot {

        record Used(Transceiver transceiver) implements Slot {}

        record Stopped(MediaDescription before) implements Slot {}
    }

    private final OfferPolicy policy;
    private boolean hasCandidates;

    private OfferWriter(OfferPolicy policy) {
        this.policy = policy;
    }

    static SessionDescription write(OfferPolicy policy, Origin origin, List<Slot> slots) {
        OfferWriter writer = new OfferWriter(policy);
        List<String> bundle = new ArrayList<>();
        List<MediaDescription> sections = new ArrayList<>();
        for (Slot slot : slots) {
            switch (slot) {
                case Slot.Used(Transceiver transceiver) -> {
                    bundle.add(transceiver.mid());
                    sections.add(writer.section(transceiver));
                }
                case Slot.Stopped(MediaDescription before) -> sections.add(stopped(before));
            }
        }
        return new SessionDescription(
                SessionHead.of(origin), new Attributes(writer.sessionLines(bundle)), sections);
    }

    private List<SdpAttribute> sessionLines(List<String> bundle) {
        List<SdpAttribute> lines = new ArrayList<>();
        if (!bundle.isEmpty()) {
            lines.add(AttributeType.GROUP.line(new Group(Group.BUNDLE, bundle)));
        }
        lines.add(AttributeType.EXTMAP_ALLOW_MIXED.line(true));
        if (policy.isLite()) {
            lines.add(AttributeType.ICE_LITE.line(true));
        }
        lines.add(AttributeType.ICE_OPTIONS.line(new WordList(List.of("trickle", "ice2"))));
        lines.add(AttributeType.MSID_SEMANTIC.line(new MsidSemantic("WMS", List.of("*"))));
        return lines;
    }

    /** A section that is over keeps its place, for a later one to take (RFC 8829 section 5.2.2). */
    static MediaDescription stopped(MediaDescription before) {
        List<SdpAttribute> lines = new ArrayList<>();
        before.mid().ifPresent(mid -> lines.add(AttributeType.MID.line(mid)));
        lines.add(AttributeType.INACTIVE.line(true));
        return MediaDescription.of(
                before.type(), 0, before.protocol(), before.formats(), new Attributes(lines));
    }

    private MediaDescription section(Transceiver section) {
        List<SdpAttribute> lines = new ArrayList<>();
        lines.add(AttributeType.MID.line(section.mid()));
        lines.add(new SdpAttribute(section.direction().attribute()));
        writeTransport(lines);
        List<String> formats =
                CodecLines.write(section.codecs(), section.direction().receives(), lines);
        section.extensions().ids().forEach((extension, id) -> lines.add(extension(extension, id)));
        writeSimulcast(section, lines);
        if (section.direction().sends()) {
            LocalTrack track = section.track().orElseThrow();
            if (section.sendRids().isEmpty()) {
                TrackLines.write(track, section.codecs(), lines);
            } else {
                lines.add(AttributeType.MSID.line(new Msid(track.streamId(), track.trackId())));
            }
        }
        return MediaDescription.of(
                section.kind().name().toLowerCase(Locale.ROOT),
                DISCARD_PORT,
                PROTOCOL,
                formats,
                new Attributes(lines));
    }

    private static SdpAttribute extension(HeaderExtension extension, int id) {
        return new SdpAttribute("extmap", id + " " + extension.uri());
    }

    private void writeTransport(List<SdpAttribute> lines) {
        lines.add(AttributeType.ICE_UFRAG.line(policy.ufrag()));
        lines.add(AttributeType.ICE_PWD.line(policy.pwd()));
        policy.fingerprints().forEach(text -> lines.add(new SdpAttribute("fingerprint", text)));
        lines.add(AttributeType.SETUP.line(SetupRole.ACTPASS));
        lines.add(AttributeType.RTCP_MUX.line(true));
        lines.add(AttributeType.RTCP_RSIZE.line(true));
        if (!hasCandidates) {
            hasCandidates = true;
            policy.candidates().forEach(text -> lines.add(new SdpAttribute("candidate", text)));
            if (policy.isComplete()) {
                lines.add(AttributeType.END_OF_CANDIDATES.line(true));
            }
        }
    }

    private static void writeSimulcast(Transceiver section, List<SdpAttribute> lines) {
        List<String> send = section.direction().sends() ? section.sendRids() : List.of();
        List<String> recv = section.direction().receives() ? section.recvRids() : List.of();
        send.forEach(rid -> lines.add(new SdpAttribute("rid", rid + " send")));
        recv.forEach(rid -> lines.add(new SdpAttribute("rid", rid + " recv")));
        if (!send.isEmpty() || !recv.isEmpty()) {
            lines.add(AttributeType.SIMULCAST.line(new Simulcast(streams(send), streams(recv))));
        }
    }

    private static List<List<Simulcast.Version>> streams(List<String> rids) {
        return rids.stream().map(rid -> List.of(new Simulcast.Version(rid, false))).toList();
    }
}
