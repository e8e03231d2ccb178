/** Programs that the bench starts, and what of the machine they get. */
@NullMarked
package dev.sluice.bench.process;

import org.jspecify.annotations.NullMarked;
