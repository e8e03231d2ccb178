/** One SSRC from a publisher: reception statistics, lost packets, RTX, key-frame requests. */
@NullMarked
package dev.sluice.media.receive;

import org.jspecify.annotations.NullMarked;
