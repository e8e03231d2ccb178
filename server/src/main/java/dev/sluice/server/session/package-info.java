/** One peer's transport: demultiplexing, ingress, egress and feedback chains. */
@NullMarked
package dev.sluice.server.session;

import org.jspecify.annotations.NullMarked;
