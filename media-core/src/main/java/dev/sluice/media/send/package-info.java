/** Egress of one SSRC: counters, retransmissions, sender reports. */
@NullMarked
package dev.sluice.media.send;

import org.jspecify.annotations.NullMarked;
