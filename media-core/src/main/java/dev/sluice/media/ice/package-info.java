/** ICE (RFC 8445): credentials, candidates, the lite agent and the full one. */
@NullMarked
package dev.sluice.media.ice;

import org.jspecify.annotations.NullMarked;
