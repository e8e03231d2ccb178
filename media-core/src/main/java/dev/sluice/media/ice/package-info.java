/** ICE (RFC 8445): credentials, candidates and the lite agent. */
@NullMarked
package dev.sluice.media.ice;

import org.jspecify.annotations.NullMarked;
