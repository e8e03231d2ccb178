/** The VP9 RTP payload format, RFC 9628. */
@NullMarked
package dev.sluice.video.payload.vp9;

import org.jspecify.annotations.NullMarked;
