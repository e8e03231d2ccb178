/** Forward error correction: redundant audio (RFC 2198). */
@NullMarked
package dev.sluice.media.fec;

import org.jspecify.annotations.NullMarked;
