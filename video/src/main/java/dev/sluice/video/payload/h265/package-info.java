/** The H.265 RTP payload format, RFC 7798. */
@NullMarked
package dev.sluice.video.payload.h265;

import org.jspecify.annotations.NullMarked;
