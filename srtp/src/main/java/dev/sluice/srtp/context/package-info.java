/** One direction of an SRTP session: packet indices, replay windows, protect and unprotect. */
@NullMarked
package dev.sluice.srtp.context;

import org.jspecify.annotations.NullMarked;
