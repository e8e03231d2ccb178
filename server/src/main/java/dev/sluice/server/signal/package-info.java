/** HTTP: WHIP and WHEP signalling, the page, health and metrics. */
@NullMarked
package dev.sluice.server.signal;

import org.jspecify.annotations.NullMarked;
