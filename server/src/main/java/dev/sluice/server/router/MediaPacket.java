package dev.sluice.server.router;

import dev.sluice.media.sdp.NegotiatedCodec;

/**
 * What is read of a published packet once, whoever watches.
 *
 * @param extendedSequence the sequence number without the wrap
 * @param startsKeyFrame whether a decoder can start with it; always true for audio
 */
record MediaPacket(NegotiatedCodec codec, long extendedSequence, boolean startsKeyFrame) {}
