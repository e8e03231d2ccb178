/** One SSRC to a viewer: sender reports, retransmission. */
@NullMarked
package dev.sluice.media.send;

import org.jspecify.annotations.NullMarked;
