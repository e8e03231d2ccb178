/** Rings that keep packets and samples for a while. */
@NullMarked
package dev.sluice.media.buffer;

import org.jspecify.annotations.NullMarked;
