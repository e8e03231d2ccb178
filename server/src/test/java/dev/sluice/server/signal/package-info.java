/**
 * HTTP against a real server on loopback, with media sessions that only say what they are told to.
 */
@NullMarked
package dev.sluice.server.signal;

import org.jspecify.annotations.NullMarked;
