/** What code takes of the machine, for the tests of every module. */
@NullMarked
package dev.sluice.media.measure;

import org.jspecify.annotations.NullMarked;
