/** libwebrtc itself, inside this JVM, against a running server. */
@NullMarked
package dev.sluice.server.libwebrtc;

import org.jspecify.annotations.NullMarked;
