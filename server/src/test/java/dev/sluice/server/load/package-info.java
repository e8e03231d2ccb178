/** The load generator against a running server. */
@NullMarked
package dev.sluice.server.load;

import org.jspecify.annotations.NullMarked;
