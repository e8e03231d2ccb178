package dev.sluice.video.rewrite;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.RtpHeaderWriter;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.rtp.dependency.DependencyDescriptor;
import dev.sluice.media.rtp.dependency.DependencyStructure;
import dev.sluice.media.rtp.dependency.DependencyWriter;
import dev.sluice.media.rtp.dependency.FrameDependencies;
import dev.sluice.video.payload.PictureIdLength;
import dev.sluice.video.payload.vp8.Vp8DescriptorWriter;
import dev.sluice.video.payload.vp8.Vp8FrameInfo;
import dev.sluice.video.payload.vp9.Vp9DescriptorWriter;
import dev.sluice.video.payload.vp9.Vp9LayerFrame;
import dev.sluice.video.payload.vp9.Vp9LayerIndices;
import dev.sluice.video.payload.vp9.Vp9PayloadDescriptor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * An encoder that knows what its frames refer to: makes layered pictures as packets, in each way
 * that a packet can tell its layer.
 */
final class LayeredSource {

    static final int DESCRIPTOR_ID = 9;

    private static final int[][] PATTERNS = {{0}, {0, 1}, {0, 2, 1, 2}};
    private static final int TICKS_PER_PICTURE = 3000;

    /** How layers are told. */
    enum Format {
        VP8(Codec.VP8, false),
        VP8_NARROW(Codec.VP8, false),
        VP9_FLEXIBLE(Codec.VP9, true),
        VP9_FLEXIBLE_KEY(Codec.VP9, true),
        VP9(Codec.VP9, true),
        AV1(Codec.AV1, true),
        AV1_KEY(Codec.AV1, true);

        final Codec codec;
        final boolean spatial;

        Format(Codec codec, boolean spatial) {
            this.codec = codec;
            this.spatial = spatial;
        }

        boolean onlyKeyPicturesHaveInterLayer() {
            return this == VP9_FLEXIBLE_KEY || this == AV1_KEY;
        }

        boolean hasDescriptor() {
            return this == AV1 || this == AV1_KEY;
        }
    }

    /**
     * A layer frame.
     *
     * @param references the frames that it needs
     */
    record Frame(int picture, int spatial, int temporal, boolean key, Set<Frame> references) {

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public String toString() {
            return "frame %d.%d.%d".formatted(picture, spatial, temporal);
        }
    }

    /** A packet of a frame, over memory that needs no release. */
    record Made(
            LayeredSource source,
            Frame frame,
            long sequence,
            long timestamp,
            boolean marker,
            boolean first,
            boolean last,
            ByteBuf bytes) {

        boolean isFirstOf(List<Made> made) {
            return sequence == made.getFirst().sequence();
        }

        RtpPacket packet() {
            RtpPacket packet = new RtpPacket();
            if (!packet.wrap(bytes)) {
                throw new AssertionError("not RTP");
            }
            return packet;
        }
    }

    private final Format format;
    private final int spatialLayers;
    private final int[] pattern;
    private final Random random;
    private final RtpHeaderWriter header = new RtpHeaderWriter();
    private final DependencyWriter writer = new DependencyWriter();
    private final DependencyDescriptor descriptor = new DependencyDescriptor();
    private final List<Frame[]> pictures = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final DependencyStructure structure;
    private final int firstPictureId;
    private final int firstFrameNumber;
    private final long firstTimestamp;
    private int tl0;
    private int keyPicture;
    private long nextSequence;

    LayeredSource(Format format, int spatialLayers, int temporalLayers, Random random) {
        this.format = format;
        this.spatialLayers = format.spatial ? spatialLayers : 1;
        this.pattern = PATTERNS[temporalLayers - 1];
        this.random = random;
        this.structure = structure(temporalLayers);
        this.firstPictureId = random.nextInt(1 << 15);
        this.firstFrameNumber = random.nextInt(1 << 16);
        this.firstTimestamp = random.nextInt() & 0xFFFF_FFFFL;
        this.tl0 = random.nextInt(256);
        this.nextSequence = (1L << 16) + random.nextInt(1 << 16);
    }

    Format format() {
        return format;
    }

    /** The packets of the next picture. */
    List<Made> next(boolean key) {
        int number = pictures.size();
        boolean isKey = key || number == 0;
        keyPicture = isKey ? number : keyPicture;
        int temporal = isKey ? 0 : pattern[(number - keyPicture) % pattern.length];
        tl0 = temporal == 0 ? tl0 + 1 & 0xFF : tl0;
        Frame[] picture = new Frame[spatialLayers];
        pictures.add(picture);
        List<Made> made = new ArrayList<>();
        for (int spatial = 0; spatial < spatialLayers; spatial++) {
            Set<Frame> references = new LinkedHashSet<>();
            boolean interLayer = spatial > 0 && (isKey || !format.onlyKeyPicturesHaveInterLayer());
            if (interLayer) {
                references.add(picture[spatial - 1]);
            }
            boolean sync = isKey || addInterPicture(number, spatial, temporal, references);
            Frame frame = new Frame(number, spatial, temporal, isKey, references);
            picture[spatial] = frame;
            frames.add(frame);
            made.addAll(packets(frame, sync, interLayer));
        }
        return made;
    }

    /** The latest of the base layer, and perhaps of others; whether it was of the base only. */
    private boolean addInterPicture(int number, int spatial, int temporal, Set<Frame> references) {
        int base = number - 1;
        while (pictures.get(base)[0].temporal() != 0) {
            base--;
        }
        references.add(pictures.get(base)[spatial]);
        boolean sync = true;
        // A fixed pattern where the stream promises one, else now and then from higher layers too.
        int oldest = isFree() ? keyPicture + 1 : base + 1;
        for (int i = number - 1; i >= oldest && temporal > 0; i--) {
            Frame earlier = pictures.get(i)[spatial];
            boolean usable =
                    isFree()
                            ? earlier.temporal() > 0 && earlier.temporal() <= temporal
                            : earlier.temporal() > 0 && earlier.temporal() < temporal;
            if (usable) {
                boolean refers = !isFree() || random.nextBoolean();
                if (refers) {
                    references.add(earlier);
                    sync = false;
                }
                break;
            }
        }
        return sync;
    }

    /** Whether higher layers may refer to anything that is decoded with them. */
    private boolean isFree() {
        return format.codec == Codec.VP8
                || format == Format.VP9_FLEXIBLE
                || format == Format.VP9_FLEXIBLE_KEY;
    }

    private List<Made> packets(Frame frame, boolean sync, boolean interLayer) {
        List<Made> made = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        long timestamp = firstTimestamp + (long) frame.picture() * TICKS_PER_PICTURE & 0xFFFF_FFFFL;
        for (int i = 0; i < count; i++) {
            boolean first = i == 0;
            boolean last = i == count - 1;
            boolean marker = last && frame.spatial() == spatialLayers - 1;
            ByteBuf out = Unpooled.buffer();
            header.begin(out, 96, marker, (int) (nextSequence & 0xFFFF), timestamp, 7);
            if (format.hasDescriptor()) {
                ByteBuf element = descriptor(frame, first, last);
                header.element(DESCRIPTOR_ID, element, 0, element.readableBytes());
            }
            header.end();
            payload(frame, sync, interLayer, first, last, out);
            out.writeBytes(new byte[5 + random.nextInt(20)]);
            made.add(new Made(this, frame, nextSequence++, timestamp, marker, first, last, out));
        }
        return made;
    }

    private void payload(
            Frame frame,
            boolean sync,
            boolean interLayer,
            boolean first,
            boolean last,
            ByteBuf out) {
        switch (format.codec) {
            case VP8 -> {
                PictureIdLength length =
                        format == Format.VP8
                                ? PictureIdLength.FIFTEEN_BITS
                                : PictureIdLength.SEVEN_BITS;
                new Vp8DescriptorWriter(
                                Vp8FrameInfo.ofTemporalLayer(
                                        frame.temporal(), sync && frame.temporal() > 0),
                                length,
                                firstPictureId + frame.picture(),
                                tl0)
                        .write(out, first, 0);
                out.writeByte(frame.key() ? 0x10 : 0x11);
                out.writeMedium(0).writeMedium(0x9d012a).writeIntLE(64 << 16 | 96);
            }
            case VP9 -> {
                Vp9LayerFrame layerFrame = vp9(frame, interLayer, out);
                boolean flexible = format != Format.VP9;
                new Vp9DescriptorWriter(
                                layerFrame,
                                PictureIdLength.FIFTEEN_BITS,
                                firstPictureId + frame.picture() & 0x7FFF,
                                flexible,
                                flexible ? Vp9PayloadDescriptor.ABSENT : tl0)
                        .write(out, first, last, null);
                out.writeByte(frame.key() ? 0x82 : 0x86);
            }
            default -> out.writeByte(frame.key() && first && frame.spatial() == 0 ? 0x18 : 0x10);
        }
    }

    private Vp9LayerFrame vp9(Frame frame, boolean interLayer, ByteBuf out) {
        List<Integer> differences = new ArrayList<>();
        for (Frame reference : frame.references()) {
            if (reference.picture() != frame.picture()) {
                differences.add(frame.picture() - reference.picture());
            }
        }
        // In a fixed pattern each picture of the base layer is a point to move up at.
        boolean up = format == Format.VP9 && frame.temporal() == 0;
        var indices = new Vp9LayerIndices(frame.temporal(), up, frame.spatial(), interLayer);
        return new Vp9LayerFrame(
                out,
                indices,
                !differences.isEmpty(),
                false,
                format == Format.VP9 ? List.of() : differences);
    }

    private ByteBuf descriptor(Frame frame, boolean first, boolean last) {
        int number = frames.indexOf(frame);
        List<Integer> differences =
                frame.references().stream().map(r -> number - frames.indexOf(r)).sorted().toList();
        String indications = indications(frame.spatial(), frame.temporal(), frame.key());
        descriptor.describe(
                structure,
                FrameDependencies.of(
                        frame.spatial(), frame.temporal(), indications, differences, List.of()),
                firstFrameNumber + number,
                structure.allDecodeTargets());
        descriptor.startOfFrame(first);
        descriptor.endOfFrame(last);
        descriptor.attachStructure(frame.key() && first && frame.spatial() == 0);
        ByteBuf out = Unpooled.buffer();
        writer.write(descriptor, out);
        return out;
    }

    private DependencyStructure structure(int temporalLayers) {
        List<FrameDependencies> templates = new ArrayList<>();
        for (int s = 0; s < spatialLayers; s++) {
            for (int t = 0; t < temporalLayers; t++) {
                if (t == 0) {
                    templates.add(template(s, t, true));
                }
                templates.add(template(s, t, false));
            }
        }
        return new DependencyStructure(
                random.nextInt(64),
                spatialLayers * temporalLayers,
                0,
                List.of(),
                templates,
                List.of());
    }

    private FrameDependencies template(int s, int t, boolean key) {
        return FrameDependencies.of(s, t, indications(s, t, key), List.of(), List.of());
    }

    /** As in the examples of the AV1 RTP specification: L2T2, L3T3, L3T3_KEY. */
    private String indications(int spatial, int temporal, boolean key) {
        int top = pattern.length == 4 ? 2 : pattern.length - 1;
        var text = new StringBuilder();
        for (int s = 0; s < spatialLayers; s++) {
            for (int t = 0; t <= top; t++) {
                text.append(indication(spatial, temporal, key, s, t));
            }
        }
        return text.toString();
    }

    private char indication(int spatial, int temporal, boolean key, int s, int t) {
        boolean lower = spatial < s;
        if (spatial > s || temporal > t || (lower && !key && isKeyOnly())) {
            return '-';
        }
        if (key) {
            return 'S';
        }
        if (lower) {
            return 'R';
        }
        return temporal > 0 && temporal == t ? 'D' : 'S';
    }

    private boolean isKeyOnly() {
        return format.onlyKeyPicturesHaveInterLayer();
    }
}
