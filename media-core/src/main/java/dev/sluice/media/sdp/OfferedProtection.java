package dev.sluice.media.sdp;

import dev.sluice.media.rtp.MediaKind;

import java.util.List;
import java.util.Locale;

/** Finds the protection formats among those of an offered media section; the first of each kind. */
final class OfferedProtection {

    static final String RED = "red";
    static final String ULPFEC = "ulpfec";
    static final String FLEXFEC_03 = "flexfec-03";
    static final String FLEXFEC = "flexfec";

    private static final String REPAIR_WINDOW = "repair-window";
    private static final int NONE = -1;

    private final MediaKind kind;
    private final List<NegotiatedCodec> codecs;
    private int red = NONE;
    private int redInner = NONE;
    private int redRtx = NONE;
    private int ulpfec = NONE;
    private int flexfec03 = NONE;
    private int flexfec = NONE;
    private long repairWindowMicros;

    /**
     * @param codecs that were accepted, at least one
     */
    OfferedProtection(MediaKind kind, List<NegotiatedCodec> codecs) {
        this.kind = kind;
        this.codecs = codecs;
    }

    /**
     * Looks at a format.
     *
     * @param parameters the whole text of its {@code a=fmtp}, empty without
     * @param rtxPayloadType of its retransmissions, -1 without
     */
    void add(
            int payloadType,
            String name,
            int clockRateHz,
            int channels,
            String parameters,
            int rtxPayloadType) {
        String format = name.toLowerCase(Locale.ROOT);
        if (kind == MediaKind.AUDIO) {
            if (format.equals(RED) && red == NONE) {
                addAudioRed(payloadType, clockRateHz, channels, parameters);
            }
        } else if (clockRateHz == codecs.getFirst().clockRateHz()) {
            addVideo(payloadType, format, parameters, rtxPayloadType);
        }
    }

    /** The text is the payload types of the blocks, as {@code 111/111} (RFC 2198 section 5). */
    private void addAudioRed(int payloadType, int clockRateHz, int channels, String parameters) {
        String[] blocks = parameters.split("/", -1);
        int inner = Numbers.parse(blocks[0].trim(), 127);
        for (String block : blocks) {
            if (Numbers.parse(block.trim(), 127) != inner) {
                return;
            }
        }
        for (NegotiatedCodec codec : codecs) {
            if (codec.payloadType() == inner
                    && codec.clockRateHz() == clockRateHz
                    && codec.channels() == channels) {
                red = payloadType;
                redInner = inner;
            }
        }
    }

    private void addVideo(int payloadType, String format, String parameters, int rtxPayloadType) {
        switch (format) {
            case RED -> {
                if (red == NONE) {
                    red = payloadType;
                    redRtx = rtxPayloadType;
                }
            }
            case ULPFEC -> ulpfec = ulpfec == NONE ? payloadType : ulpfec;
            case FLEXFEC_03 -> {
                if (flexfec03 == NONE) {
                    flexfec03 = payloadType;
                    readWindow(payloadType, parameters);
                }
            }
            case FLEXFEC -> {
                if (flexfec == NONE) {
                    flexfec = payloadType;
                    readWindow(payloadType, parameters);
                }
            }
            default -> {
                // Another format.
            }
        }
    }

    private void readWindow(int payloadType, String parameters) {
        Fmtp fmtp = new Fmtp(Integer.toString(payloadType), parameters);
        String window = fmtp.values().getOrDefault(REPAIR_WINDOW, "");
        repairWindowMicros = Math.max(repairWindowMicros, Numbers.parse(window, Integer.MAX_VALUE));
    }

    /** RED and ULPFEC of video only together: one without the other has no use. */
    NegotiatedFec result() {
        boolean hasRed = kind == MediaKind.AUDIO ? red != NONE : red != NONE && ulpfec != NONE;
        NegotiatedFec all =
                new NegotiatedFec(
                        red, redInner, redRtx, ulpfec, flexfec03, flexfec, repairWindowMicros);
        return hasRed ? all : all.withoutRed();
    }
}
