package dev.sluice.media.fec;

import dev.sluice.media.rtp.ExtensionElement;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.RtpPacket;

/**
 * The header extensions that are written only as a packet leaves, after its protection is computed:
 * for it they count as zeros, with libwebrtc ({@code RtpPacket::ZeroMutableExtensions}) and here.
 */
final class MutableExtensions {

    private static final HeaderExtension[] STAMPED = {
        HeaderExtension.ABS_SEND_TIME,
        HeaderExtension.TRANSPORT_WIDE_CC,
        HeaderExtension.TRANSPORT_WIDE_CC_V2
    };

    private final int[] ids = new int[STAMPED.length];
    private int count;

    MutableExtensions(HeaderExtensionMap extensions) {
        for (HeaderExtension extension : STAMPED) {
            int id = extensions.id(extension);
            if (id != HeaderExtensionMap.ABSENT) {
                ids[count++] = id;
            }
        }
    }

    /** Adds the elements' bytes of a packet to a block that has them already: they cancel out. */
    void cancel(RtpPacket packet, XorBlock block) {
        if (!packet.hasExtension()) {
            return;
        }
        int protectedIndex =
                packet.payloadIndex()
                        - packet.headerSizeBytes()
                        + RtpPacket.FIXED_HEADER_SIZE_BYTES;
        for (int i = 0; i < count; i++) {
            int index = ExtensionElement.index(packet, ids[i]);
            if (index >= 0) {
                int size = ExtensionElement.sizeBytes(packet, ids[i]);
                block.xor(packet.buffer(), index, index - protectedIndex, size);
            }
        }
    }
}
