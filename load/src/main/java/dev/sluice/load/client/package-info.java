/** Publishers and viewers: ICE, DTLS, SRTP and RTCP of a client. */
@NullMarked
package dev.sluice.load.client;

import org.jspecify.annotations.NullMarked;
