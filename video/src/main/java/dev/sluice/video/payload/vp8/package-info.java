/** The VP8 RTP payload format, RFC 7741. */
@NullMarked
package dev.sluice.video.payload.vp8;

import org.jspecify.annotations.NullMarked;
