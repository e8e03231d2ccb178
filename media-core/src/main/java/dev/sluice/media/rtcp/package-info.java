/** RTCP packets as values, one a file, and the reading and writing of compound packets. */
@NullMarked
package dev.sluice.media.rtcp;

import org.jspecify.annotations.NullMarked;
