/** The pacer: spreads what is to be sent over time. */
@NullMarked
package dev.sluice.media.pacing;

import org.jspecify.annotations.NullMarked;
