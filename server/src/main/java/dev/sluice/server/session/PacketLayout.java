package dev.sluice.server.session;

import dev.sluice.media.rtp.HeaderExtensionMap;

/**
 * Where in an RTP packet that leaves stand the things that are stamped last.
 *
 * @param extensions the viewer's ids, to find them by where the layout is not known
 * @param headerBytes fixed header and extension, of a packet without padding; 0 when not known
 * @param sequenceAt of the transport-wide number, from the packet's start; -1 without
 * @param sendTimeAt of the absolute send time, from the packet's start; -1 without
 */
public record PacketLayout(
        HeaderExtensionMap extensions, int headerBytes, int sequenceAt, int sendTimeAt) {

    /** Of a packet that has to be read for it. */
    public static PacketLayout unknown(HeaderExtensionMap extensions) {
        return new PacketLayout(extensions, 0, -1, -1);
    }

    public boolean isKnown() {
        return headerBytes > 0;
    }
}
