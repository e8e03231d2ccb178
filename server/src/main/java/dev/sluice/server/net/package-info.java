/** The Netty edge: UDP sockets and the loop that drives the engine. */
@NullMarked
package dev.sluice.server.net;

import org.jspecify.annotations.NullMarked;
