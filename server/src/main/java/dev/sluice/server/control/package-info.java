/** REST for operators: what sessions there are and how they do. */
@NullMarked
package dev.sluice.server.control;

import org.jspecify.annotations.NullMarked;
