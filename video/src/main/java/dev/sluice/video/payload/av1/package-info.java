/** The AV1 RTP payload format. */
@NullMarked
package dev.sluice.video.payload.av1;

import org.jspecify.annotations.NullMarked;
