/** Janus as a server of WHIP and WHEP: its process, its HTTP API, and what lies between. */
@NullMarked
package dev.sluice.bench.janus;

import org.jspecify.annotations.NullMarked;
