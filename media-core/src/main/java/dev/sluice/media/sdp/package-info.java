/** SDP (RFC 8866) as WebRTC uses it (RFC 8829), and offer/answer as a pure function. */
@NullMarked
package dev.sluice.media.sdp;

import org.jspecify.annotations.NullMarked;
