/**
 * Cleans up what a command must not leave behind, however it ends: temporary files, child processes, and what was
 * opened before something that fails.
 *
 * <p>before: {@code bench}, {@code soak} and {@code server} open something; after: it is closed, or ends with the
 * process.
 */
@NullMarked
package io.scopegate.cli.lifetime;

import org.jspecify.annotations.NullMarked;
