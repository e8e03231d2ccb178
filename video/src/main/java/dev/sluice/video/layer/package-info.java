/**
 * Simulcast and SVC layers: what a packet says of them, read once for all viewers, and which of
 * them one viewer gets.
 */
@NullMarked
package dev.sluice.video.layer;

import org.jspecify.annotations.NullMarked;
