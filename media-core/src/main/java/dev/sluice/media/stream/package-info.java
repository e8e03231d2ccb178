/** The RTP streams of a session: their lifecycle, what they are made of and what they carried. */
@NullMarked
package dev.sluice.media.stream;

import org.jspecify.annotations.NullMarked;
