/** Units, NTP time and deadlines. */
@NullMarked
package dev.sluice.media.time;

import org.jspecify.annotations.NullMarked;
