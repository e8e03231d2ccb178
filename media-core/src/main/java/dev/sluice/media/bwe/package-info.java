/** Bandwidth estimation: what arrived when, and what that says about the path. */
@NullMarked
package dev.sluice.media.bwe;

import org.jspecify.annotations.NullMarked;
