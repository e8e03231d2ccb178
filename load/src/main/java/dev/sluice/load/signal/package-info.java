/** WHIP and WHEP as a client. */
@NullMarked
package dev.sluice.load.signal;

import org.jspecify.annotations.NullMarked;
