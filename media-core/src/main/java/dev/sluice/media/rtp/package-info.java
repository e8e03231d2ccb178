/** RTP packets read and changed in place, and their header extensions. */
@NullMarked
package dev.sluice.media.rtp;

import org.jspecify.annotations.NullMarked;
