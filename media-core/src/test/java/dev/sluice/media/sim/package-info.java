/** A network and a clock that exist only as values, for tests of every module. */
@NullMarked
package dev.sluice.media.sim;

import org.jspecify.annotations.NullMarked;
