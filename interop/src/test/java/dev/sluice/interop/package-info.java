/** The libraries against other programs, over loopback. */
@NullMarked
package dev.sluice.interop;

import org.jspecify.annotations.NullMarked;
