/**
 * How threads with sockets talk to the kernel, and have their core when they need it, for the
 * server and for the load generator.
 */
@NullMarked
package dev.sluice.sockets;

import org.jspecify.annotations.NullMarked;
