/** Real browsers against a running server. */
@NullMarked
package dev.sluice.server.browser;

import org.jspecify.annotations.NullMarked;
