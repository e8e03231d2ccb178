/** JMH benchmarks of single operations; {@code bin/jmh} runs them. */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
