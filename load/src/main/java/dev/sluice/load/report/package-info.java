/** Results: figures, JSON, a table, and what a process costs. */
@NullMarked
package dev.sluice.load.report;

import org.jspecify.annotations.NullMarked;
