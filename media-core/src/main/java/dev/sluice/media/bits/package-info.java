/** Numbers that do not stand on whole bytes, or take as many of them as they need. */
@NullMarked
package dev.sluice.media.bits;

import org.jspecify.annotations.NullMarked;
