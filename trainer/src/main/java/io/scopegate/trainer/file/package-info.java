/**
 * Writes files and folders that are there whole or not at all. Before it, another package has something to write; after
 * it, other programs may read the file at any moment.
 */
@NullMarked
package io.scopegate.trainer.file;

import org.jspecify.annotations.NullMarked;
