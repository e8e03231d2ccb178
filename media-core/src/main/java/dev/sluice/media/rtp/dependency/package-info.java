/**
 * The dependency descriptor: what a video frame depends on and which decode targets need it, for
 * any codec. Appendix A of the RTP payload format for AV1, version 1.0
 * (https://aomediacodec.github.io/av1-rtp-spec/).
 */
@NullMarked
package dev.sluice.media.rtp.dependency;

import org.jspecify.annotations.NullMarked;
