/** Every parser under hostile bytes: the targets, their seeds, and the command that runs Jazzer. */
@NullMarked
package dev.sluice.fuzz;

import org.jspecify.annotations.NullMarked;
