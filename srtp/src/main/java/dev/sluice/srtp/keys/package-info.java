/**
 * SRTP profiles, options and keying material, keys in SDP (SDES), the server's certificate and DTLS
 * fingerprints.
 */
@NullMarked
package dev.sluice.srtp.keys;

import org.jspecify.annotations.NullMarked;
