/**
 * Model directories that appear while a server runs: valid ones, and ones that it must not serve.
 *
 * <p>before: {@code bench} or {@code soak} has a model; after: the server's watcher finds the next version.
 */
@NullMarked
package io.scopegate.cli.reload;

import org.jspecify.annotations.NullMarked;
