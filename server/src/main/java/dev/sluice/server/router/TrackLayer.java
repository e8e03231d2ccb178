package dev.sluice.server.router;

/**
 * One quality of a published track that a viewer can be given.
 *
 * @param index its place in the list that it is from, the lowest first
 * @param stream the simulcast encoding that carries it
 * @param spatialId with all lower spatial layers of the stream
 * @param temporalId with all lower temporal layers of the stream
 * @param bps what the stream took up to this layer in the last second, in bit/s
 * @param width in pixels, 0 where it is not known
 * @param height in pixels, 0 where it is not known
 * @param framesPerSecond as in the last second
 * @param alive whether the publisher sends it now
 */
record TrackLayer(
        int index,
        PublishedStream stream,
        int spatialId,
        int temporalId,
        long bps,
        int width,
        int height,
        double framesPerSecond,
        boolean alive) {

    /** The same at another place of a list. */
    TrackLayer at(int place) {
        return new TrackLayer(
                place, stream, spatialId, temporalId, bps, width, height, framesPerSecond, alive);
    }

    /** Whether it is among what the viewer wants. */
    boolean suits(LayerWish wish) {
        String rid = stream.incoming().rid();
        boolean isOfEncoding = wish.encodingId().isEmpty() || wish.encodingId().equals(rid);
        return isOfEncoding
                && isWithin(spatialId, wish.spatialLayer(), wish.maxSpatialLayer())
                && isWithin(temporalId, wish.temporalLayer(), wish.maxTemporalLayer())
                && wish.allowsSize(width, height)
                && wish.allowsBitrate(bps);
    }

    /** A layer that is asked for needs those below it, which also serve while it does not fit. */
    private static boolean isWithin(int id, int wanted, int max) {
        return (wanted == LayerWish.ANY || id <= wanted) && (max == LayerWish.ANY || id <= max);
    }
}
