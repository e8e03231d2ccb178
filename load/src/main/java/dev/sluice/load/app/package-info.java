/** The command line of the load generator, and the run it describes. */
@NullMarked
package dev.sluice.load.app;

import org.jspecify.annotations.NullMarked;
