/**
 * How long the runs of equal-sized packets are in what real clients send, with and without
 * equalising: {@code bin/run-lengths}.
 */
@NullMarked
package dev.sluice.bench.runs;

import org.jspecify.annotations.NullMarked;
