/** What the tests of all HTTP resources share. */
@NullMarked
package dev.sluice.server.http;

import org.jspecify.annotations.NullMarked;
