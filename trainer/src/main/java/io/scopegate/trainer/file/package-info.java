/**
 * Writes files and folders completely or not at all.
 *
 * <p>before: a step has something to write; after: other programs read the file, at any moment.
 */
@NullMarked
package io.scopegate.trainer.file;

import org.jspecify.annotations.NullMarked;
