/** The clients' sockets and the loops that serve them. */
@NullMarked
package dev.sluice.load.net;

import org.jspecify.annotations.NullMarked;
