/** What everything that is served over HTTP shares: the server, problems, access, bodies. */
@NullMarked
package dev.sluice.server.http;

import org.jspecify.annotations.NullMarked;
