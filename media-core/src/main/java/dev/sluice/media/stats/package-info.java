/** Numbers that one thread counts and any thread reads. */
@NullMarked
package dev.sluice.media.stats;

import org.jspecify.annotations.NullMarked;
