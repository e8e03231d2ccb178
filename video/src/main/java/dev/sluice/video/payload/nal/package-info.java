/**
 * What the payload formats of H.264 and H.265 have in common: NAL units in byte streams, the bits
 * inside them, parameter sets in SDP.
 */
@NullMarked
package dev.sluice.video.payload.nal;

import org.jspecify.annotations.NullMarked;
