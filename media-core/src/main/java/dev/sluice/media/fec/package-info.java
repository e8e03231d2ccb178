/**
 * Forward error correction: redundant audio (RFC 2198), ULPFEC (RFC 5109) and FlexFEC (RFC 8627,
 * and the draft before it that browsers speak), received and generated.
 */
@NullMarked
package dev.sluice.media.fec;

import org.jspecify.annotations.NullMarked;
