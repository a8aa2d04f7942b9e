/**
 * Files that are there whole or not at all.
 *
 * <p>before: whoever has something to write; after: other programs read the file, at any moment.
 */
@NullMarked
package io.scopegate.trainer.file;

import org.jspecify.annotations.NullMarked;
