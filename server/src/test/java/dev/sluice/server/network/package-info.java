/** Viewers behind networks that are too narrow, lose or delay; {@code bin/viewer-network}. */
@NullMarked
package dev.sluice.server.network;

import org.jspecify.annotations.NullMarked;
