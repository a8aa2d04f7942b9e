/**
 * Pictures from disk, in order: image files, folders of them, MJPEG AVI files.
 *
 * <p>before: paths from the command line; after: {@code classify} streams them.
 */
@NullMarked
package io.scopegate.cli.input;

import org.jspecify.annotations.NullMarked;
