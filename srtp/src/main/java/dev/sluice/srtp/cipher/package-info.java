/** SRTP key derivation and the transforms that seal and open one packet. */
@NullMarked
package dev.sluice.srtp.cipher;

import org.jspecify.annotations.NullMarked;
