/** SRTP profiles and keying material, the server's certificate and DTLS fingerprints. */
@NullMarked
package dev.sluice.srtp.keys;

import org.jspecify.annotations.NullMarked;
