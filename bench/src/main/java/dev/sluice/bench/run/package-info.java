/**
 * Starts servers, loads each with the same tool, and sets what a forwarded packet costs them beside
 * the floor in C: {@code bin/bench}.
 */
@NullMarked
package dev.sluice.bench.run;

import org.jspecify.annotations.NullMarked;
