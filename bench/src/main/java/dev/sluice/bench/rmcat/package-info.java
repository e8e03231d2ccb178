/**
 * The test cases of RFC 8867 section 5 for the send-side bandwidth estimation and the pacer, in
 * virtual time.
 */
@NullMarked
package dev.sluice.bench.rmcat;

import org.jspecify.annotations.NullMarked;
