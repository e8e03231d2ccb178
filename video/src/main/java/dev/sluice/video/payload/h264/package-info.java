/** The H.264 RTP payload format, RFC 6184. */
@NullMarked
package dev.sluice.video.payload.h264;

import org.jspecify.annotations.NullMarked;
