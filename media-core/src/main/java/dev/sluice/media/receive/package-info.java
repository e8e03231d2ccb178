/**
 * Ingress of one SSRC: reception statistics, missing packets, retransmissions undone, key frame
 * requests.
 */
@NullMarked
package dev.sluice.media.receive;

import org.jspecify.annotations.NullMarked;
