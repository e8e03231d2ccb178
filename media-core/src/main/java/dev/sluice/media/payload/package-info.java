/** Audio payload formats: Opus (RFC 6716, RFC 7587) and G.711 (RFC 3551). */
@NullMarked
package dev.sluice.media.payload;

import org.jspecify.annotations.NullMarked;
