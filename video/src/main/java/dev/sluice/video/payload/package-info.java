/**
 * The RTP payload formats of video codecs: what a payload says before anything is decoded, frames
 * into payloads and back.
 */
@NullMarked
package dev.sluice.video.payload;

import org.jspecify.annotations.NullMarked;
