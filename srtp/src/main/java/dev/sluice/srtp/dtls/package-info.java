/** The DTLS-SRTP handshake (RFC 5764): datagram in, datagrams out, keying material at its end. */
@NullMarked
package dev.sluice.srtp.dtls;

import org.jspecify.annotations.NullMarked;
