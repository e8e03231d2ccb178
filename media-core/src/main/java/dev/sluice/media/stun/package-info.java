/** STUN messages (RFC 8489) as far as ICE (RFC 8445) uses them. */
@NullMarked
package dev.sluice.media.stun;

import org.jspecify.annotations.NullMarked;
