/** What the tests of this module share. */
@NullMarked
package dev.sluice.srtp;

import org.jspecify.annotations.NullMarked;
