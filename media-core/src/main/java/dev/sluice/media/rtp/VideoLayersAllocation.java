package dev.sluice.media.rtp;

import static dev.sluice.media.rtp.SpatialLayer.require;

import dev.sluice.media.bits.Leb128;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What bitrate, resolution and frame rate the sender has for each layer of a video. Described at
 * http://www.webrtc.org/experiments/rtp-hdrext/video-layers-allocation00.
 *
 * <pre>
 *    0 1 2 3 4 5 6 7
 *   +-+-+-+-+-+-+-+-+
 *   |RID| NS| sl_bm |  this stream, streams - 1, spatial layers active on each stream
 *   +-+-+-+-+-+-+-+-+
 *   |sl0_bm |sl1_bm |  with sl_bm = 0: spatial layers of each stream,
 *   |sl2_bm |sl3_bm |  the second byte only with NS of at least 2
 *   +-+-+-+-+-+-+-+-+
 *   |#tl|#tl|#tl|#tl|  temporal layers - 1 of each active layer, padded to a byte
 *   +-+-+-+-+-+-+-+-+
 *   :  target kbit/s  :  leb128, one for each temporal layer
 *   +-+-+-+-+-+-+-+-+
 *   : width - 1 (16), :  optional, for each active layer
 *   : height - 1 (16),:
 *   : frame rate (8)  :
 *   +-+-+-+-+-+-+-+-+
 * </pre>
 *
 * A single zero byte says that nothing is sent.
 *
 * @param streamIndex of the stream that carries this, 0 to {@code streamCount - 1}
 * @param streamCount 1 to 4
 * @param layers the active ones, ascending by stream and spatial id
 * @param hasResolutions whether the layers' resolutions and frame rates mean something
 */
public record VideoLayersAllocation(
        int streamIndex, int streamCount, List<SpatialLayer> layers, boolean hasResolutions) {

    public static final int MAX_STREAMS = 4;
    public static final int MAX_SPATIAL_LAYERS = 4;

    /** 1 Gbit/s; more is no allocation but damage, and libwebrtc refuses it too. */
    public static final int MAX_BITRATE_KBPS = 1_000_000;

    /** Nothing is sent. */
    public static final VideoLayersAllocation NOTHING =
            new VideoLayersAllocation(0, 1, List.of(), false);

    public VideoLayersAllocation {
        layers = List.copyOf(layers);
        require(streamCount, 1, MAX_STREAMS, "streamCount");
        require(streamIndex, 0, streamCount - 1, "streamIndex");
        int previous = -1;
        for (SpatialLayer layer : layers) {
            require(layer.streamIndex(), 0, streamCount - 1, "streamIndex of a layer");
            require(layer.position(), previous + 1, Integer.MAX_VALUE, "place of a layer");
            previous = layer.position();
        }
        if (layers.isEmpty() && (streamIndex != 0 || streamCount != 1 || hasResolutions)) {
            throw new IllegalArgumentException("Without layers there is only NOTHING");
        }
        if (hasResolutions && layers.stream().anyMatch(l -> l.width() == 0 || l.height() == 0)) {
            throw new IllegalArgumentException("A layer without a resolution among " + layers);
        }
    }

    /** The allocation, or null when the packet has none or one that is malformed. */
    public static @Nullable VideoLayersAllocation read(RtpPacket packet, int id) {
        int index = ExtensionElement.index(packet, id);
        return index < 0
                ? null
                : read(packet.buffer(), index, ExtensionElement.sizeBytes(packet, id));
    }

    /** The allocation in an element's data, or null when it is malformed. */
    static @Nullable VideoLayersAllocation read(ByteBuf buffer, int index, int sizeBytes) {
        return new VideoLayersReader(buffer, index, sizeBytes).read();
    }

    /** Sets or adds the element; false where the header cannot take it. */
    public boolean put(RtpPacket packet, int id, ByteBuf scratch) {
        scratch.clear();
        write(scratch);
        int size = scratch.readableBytes();
        return size <= TwoByteElements.MAX_SIZE_BYTES
                && ExtensionEditor.put(packet, id, scratch, 0, size);
    }

    /** Appends the element's data. */
    public void write(ByteBuf out) {
        if (layers.isEmpty()) {
            out.writeByte(0);
            return;
        }
        writeMasks(out);
        writeTemporalLayers(out);
        for (SpatialLayer layer : layers) {
            for (int kbps : layer.targetBitratesKbps()) {
                Leb128.write(out, kbps);
            }
        }
        for (SpatialLayer layer : hasResolutions ? layers : List.<SpatialLayer>of()) {
            out.writeShort(layer.width() - 1);
            out.writeShort(layer.height() - 1);
            out.writeByte(layer.maxFramesPerSecond());
        }
    }

    private void writeMasks(ByteBuf out) {
        int common = mask(0);
        for (int stream = 1; stream < streamCount; stream++) {
            common = mask(stream) == common ? common : 0;
        }
        out.writeByte((streamIndex << 6) | ((streamCount - 1) << 4) | common);
        for (int stream = 0; common == 0 && stream < streamCount; stream += 2) {
            out.writeByte((mask(stream) << 4) | mask(stream + 1));
        }
    }

    private int mask(int stream) {
        int mask = 0;
        for (SpatialLayer layer : layers) {
            mask |= layer.streamIndex() == stream ? 1 << layer.spatialId() : 0;
        }
        return mask;
    }

    private void writeTemporalLayers(ByteBuf out) {
        for (int from = 0; from < layers.size(); from += 4) {
            int packed = 0;
            for (int i = from; i < Math.min(from + 4, layers.size()); i++) {
                int count = layers.get(i).targetBitratesKbps().size();
                packed |= (count - 1) << (6 - 2 * (i - from));
            }
            out.writeByte(packed);
        }
    }

    /** One read, front to back. */
    private static final class VideoLayersReader {

        private static final int RESOLUTION_SIZE_BYTES = 5;

        private final Leb128 number = new Leb128();
        private final ByteBuf buffer;
        private final int end;
        private int at;

        VideoLayersReader(ByteBuf buffer, int index, int sizeBytes) {
            this.buffer = buffer;
            at = index;
            end = index + sizeBytes;
        }

        @Nullable VideoLayersAllocation read() {
            if (at == end) {
                return null;
            }
            int head = buffer.getUnsignedByte(at++);
            if (head == 0 && at == end) {
                return NOTHING;
            }
            int streamIndex = head >>> 6;
            int streamCount = 1 + ((head >>> 4) & 0x03);
            int masks = masks(head & 0x0F, streamCount);
            List<int[]> bitrates = masks <= 0 ? null : bitrates(Integer.bitCount(masks));
            boolean hasResolutions = at != end;
            if (streamIndex >= streamCount
                    || bitrates == null
                    || (hasResolutions && end - at != RESOLUTION_SIZE_BYTES * bitrates.size())) {
                return null;
            }
            return new VideoLayersAllocation(
                    streamIndex, streamCount, layers(masks, bitrates), hasResolutions);
        }

        /**
         * Bit {@code 4 * stream + layer} for each active layer; 0 or less for none, for one of a
         * stream that is not there, or when bytes are missing.
         */
        private int masks(int common, int streamCount) {
            int masks = 0;
            for (int stream = 0; common != 0 && stream < streamCount; stream++) {
                masks |= common << (MAX_SPATIAL_LAYERS * stream);
            }
            for (int stream = 0; common == 0 && stream < streamCount; stream += 2) {
                if (at == end) {
                    return -1;
                }
                int pair = buffer.getUnsignedByte(at++);
                masks |= (pair >>> 4) << (MAX_SPATIAL_LAYERS * stream);
                masks |= (pair & 0x0F) << (MAX_SPATIAL_LAYERS * (stream + 1));
            }
            return masks >>> (MAX_SPATIAL_LAYERS * streamCount) == 0 ? masks : -1;
        }

        /** For each layer the bitrates of its temporal layers, or null when bytes are missing. */
        private @Nullable List<int[]> bitrates(int layerCount) {
            int counts = at;
            at += (layerCount + 3) / 4;
            List<int[]> bitrates = new ArrayList<>(layerCount);
            for (int i = 0; i < layerCount; i++) {
                if (at >= end) {
                    return null;
                }
                int packed = buffer.getUnsignedByte(counts + i / 4);
                int[] kbps = new int[1 + ((packed >>> (6 - 2 * (i % 4))) & 0x03)];
                for (int temporal = 0; temporal < kbps.length; temporal++) {
                    if (!number.wrap(buffer, at, end) || number.value() > MAX_BITRATE_KBPS) {
                        return null;
                    }
                    kbps[temporal] = (int) number.value();
                    at = number.next();
                }
                bitrates.add(kbps);
            }
            return bitrates;
        }

        private List<SpatialLayer> layers(int masks, List<int[]> bitrates) {
            List<SpatialLayer> layers = new ArrayList<>(bitrates.size());
            int left = masks;
            for (int[] kbps : bitrates) {
                int place = Integer.numberOfTrailingZeros(left);
                left &= left - 1;
                int stream = place / MAX_SPATIAL_LAYERS;
                int spatialId = place % MAX_SPATIAL_LAYERS;
                layers.add(layer(stream, spatialId, kbps));
            }
            return layers;
        }

        private SpatialLayer layer(int stream, int spatialId, int[] kbps) {
            List<Integer> bitrates = new ArrayList<>(kbps.length);
            for (int value : kbps) {
                bitrates.add(value);
            }
            if (at == end) {
                return new SpatialLayer(stream, spatialId, bitrates);
            }
            int width = 1 + buffer.getUnsignedShort(at);
            int height = 1 + buffer.getUnsignedShort(at + 2);
            int framesPerSecond = buffer.getUnsignedByte(at + 4);
            at += RESOLUTION_SIZE_BYTES;
            return new SpatialLayer(stream, spatialId, bitrates, width, height, framesPerSecond);
        }
    }
}
