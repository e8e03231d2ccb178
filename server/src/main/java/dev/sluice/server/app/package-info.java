/** The command line and the wiring of the server. */
@NullMarked
package dev.sluice.server.app;

import org.jspecify.annotations.NullMarked;
