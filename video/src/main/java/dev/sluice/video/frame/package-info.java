/** Frames out of packets: which are whole, which are key frames, and exactly what is missing. */
@NullMarked
package dev.sluice.video.frame;

import org.jspecify.annotations.NullMarked;
