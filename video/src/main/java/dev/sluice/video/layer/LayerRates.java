package dev.sluice.video.layer;

import java.util.Arrays;

/**
 * What each layer of one stream takes: bytes and pictures in a window of a second that slides by
 * tenths.
 */
public final class LayerRates {

    /** A layer that sent nothing for so long is dead. */
    public static final long WINDOW_NANOS = 1_000_000_000L;

    private static final int BUCKETS = 10;
    private static final long BUCKET_NANOS = WINDOW_NANOS / BUCKETS;
    private static final int SPATIAL = PacketLayers.MAX_SPATIAL_LAYERS;
    private static final int TEMPORAL = PacketLayers.MAX_TEMPORAL_LAYERS;

    /** By bucket and layer; the sums over the whole window by layer. */
    private final int[] bytes = new int[BUCKETS * SPATIAL * TEMPORAL];

    private final int[] windowBytes = new int[SPATIAL * TEMPORAL];
    private long allBytes;
    private final int[] pictures = new int[BUCKETS * TEMPORAL];
    private boolean started;
    private long startNanos;
    private long bucketStartNanos;
    private int bucket;
    private long lastTimestamp;
    private int spatialLayers;
    private int temporalLayers;

    /** Counts a packet with all its bytes. */
    public void onPacket(PacketLayers packet, long timestamp, int sizeBytes, long nowNanos) {
        boolean isNewPicture = !started || timestamp != lastTimestamp;
        slideTo(nowNanos);
        if (!started || allBytes == 0) {
            started = true;
            startNanos = nowNanos;
            bucketStartNanos = nowNanos;
        }
        lastTimestamp = timestamp;
        int spatial = Math.min(packet.spatialId(), SPATIAL - 1);
        int temporal = Math.min(packet.temporalId(), TEMPORAL - 1);
        int layer = spatial * TEMPORAL + temporal;
        bytes[bucket * windowBytes.length + layer] += sizeBytes;
        windowBytes[layer] += sizeBytes;
        allBytes += sizeBytes;
        pictures[bucket * TEMPORAL + temporal] += isNewPicture ? 1 : 0;
        spatialLayers = Math.max(spatialLayers, spatial + 1);
        temporalLayers = Math.max(temporalLayers, temporal + 1);
    }

    /** The layers that were ever seen. */
    public int spatialLayers() {
        return spatialLayers;
    }

    /** The layers that were ever seen. */
    public int temporalLayers() {
        return temporalLayers;
    }

    /** Whether the layer itself, not only those below it, came within the window. */
    public boolean isAlive(int spatialId, int temporalId, long nowNanos) {
        slideTo(nowNanos);
        return windowBytes[spatialId * TEMPORAL + temporalId] > 0;
    }

    /** Bits per second of a layer with all that are below it both ways. */
    public long bps(int spatialId, int temporalId, long nowNanos) {
        slideTo(nowNanos);
        long sum = 0;
        for (int s = 0; s <= spatialId; s++) {
            for (int t = 0; t <= temporalId; t++) {
                sum += windowBytes[s * TEMPORAL + t];
            }
        }
        return Math.round(Byte.SIZE * (double) sum / windowSeconds(nowNanos));
    }

    /** Pictures per second up to a temporal layer. */
    public double framesPerSecond(int temporalId, long nowNanos) {
        slideTo(nowNanos);
        long sum = 0;
        for (int i = 0; i < pictures.length; i++) {
            sum += i % TEMPORAL <= temporalId ? pictures[i] : 0;
        }
        return sum / windowSeconds(nowNanos);
    }

    /** What the buckets span: less than the window in the first second after a silence. */
    private double windowSeconds(long nowNanos) {
        long span = BUCKET_NANOS * (BUCKETS - 1) + (nowNanos - bucketStartNanos);
        long lived = Math.max(BUCKET_NANOS, nowNanos - startNanos);
        return Math.min(span, lived) / 1e9;
    }

    private void slideTo(long nowNanos) {
        if (!started || nowNanos - bucketStartNanos < BUCKET_NANOS) {
            return;
        }
        if (nowNanos - bucketStartNanos >= 2 * WINDOW_NANOS) {
            Arrays.fill(bytes, 0);
            Arrays.fill(windowBytes, 0);
            Arrays.fill(pictures, 0);
            allBytes = 0;
            bucketStartNanos = nowNanos;
            return;
        }
        while (nowNanos - bucketStartNanos >= BUCKET_NANOS) {
            bucketStartNanos += BUCKET_NANOS;
            bucket = (bucket + 1) % BUCKETS;
            forget(bucket);
        }
    }

    private void forget(int oldest) {
        int first = oldest * windowBytes.length;
        for (int layer = 0; layer < windowBytes.length; layer++) {
            windowBytes[layer] -= bytes[first + layer];
            allBytes -= bytes[first + layer];
            bytes[first + layer] = 0;
        }
        Arrays.fill(pictures, oldest * TEMPORAL, (oldest + 1) * TEMPORAL, 0);
    }
}
