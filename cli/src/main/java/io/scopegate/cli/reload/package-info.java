/**
 * Puts new model versions into a directory while a server runs: valid ones, and ones that it must not serve. Before it,
 * {@code bench} or {@code soak} has a model; after it, the server's watcher finds the next version.
 */
@NullMarked
package io.scopegate.cli.reload;

import org.jspecify.annotations.NullMarked;
