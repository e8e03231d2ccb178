/** Counters with one writer, and snapshots of them. */
@NullMarked
package dev.sluice.media.stats;

import org.jspecify.annotations.NullMarked;
