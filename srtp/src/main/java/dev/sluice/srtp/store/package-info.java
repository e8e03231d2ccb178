/**
 * The key manager and its encrypted store on disk. An edge package: it reads and writes files and
 * may be called from any thread.
 */
@NullMarked
package dev.sluice.srtp.store;

import org.jspecify.annotations.NullMarked;
