/** What is counted of received streams, and what is dropped on purpose. */
@NullMarked
package dev.sluice.load.count;

import org.jspecify.annotations.NullMarked;
