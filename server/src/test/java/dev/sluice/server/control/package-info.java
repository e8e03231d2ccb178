/** The control API against a real server on loopback. */
@NullMarked
package dev.sluice.server.control;

import org.jspecify.annotations.NullMarked;
