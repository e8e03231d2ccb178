/** Rooms, published and subscribed tracks, header rewriting, and the engine that owns them. */
@NullMarked
package dev.sluice.server.router;

import org.jspecify.annotations.NullMarked;
