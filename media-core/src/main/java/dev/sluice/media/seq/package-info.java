/** Comparing and unwrapping of the 16-bit and 32-bit counters on the wire. */
@NullMarked
package dev.sluice.media.seq;

import org.jspecify.annotations.NullMarked;
