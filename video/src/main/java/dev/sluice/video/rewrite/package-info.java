/**
 * The numbers that one viewer sees: sequence numbers, timestamps, picture ids and frame numbers go
 * on whatever is left out and whichever stream is behind.
 */
@NullMarked
package dev.sluice.video.rewrite;

import org.jspecify.annotations.NullMarked;
