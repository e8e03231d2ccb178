/** What an RTP payload of a video codec says before anything is decoded. */
@NullMarked
package dev.sluice.video.payload;

import org.jspecify.annotations.NullMarked;
