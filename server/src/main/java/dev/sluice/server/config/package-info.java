/**
 * The typed configuration and how it is read: one YAML file, each key overridable by environment.
 */
@NullMarked
package dev.sluice.server.config;

import org.jspecify.annotations.NullMarked;
