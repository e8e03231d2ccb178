/** What the publishers send: frames of the right kind and size, and the stamp in each packet. */
@NullMarked
package dev.sluice.load.media;

import org.jspecify.annotations.NullMarked;
