/** Prometheus export of the loops' counters. */
@NullMarked
package dev.sluice.server.metrics;

import org.jspecify.annotations.NullMarked;
