/**
 * Cleans up after a command, however it ends: temporary files, child processes, and what was opened before something
 * failed. Before it, {@code bench}, {@code soak} and {@code server} open something; after it, that is closed, at the
 * latest with the process.
 */
@NullMarked
package io.scopegate.cli.lifetime;

import org.jspecify.annotations.NullMarked;
