/**
 * Pictures to send, from disk (image files, folders, MJPEG AVI files) or encoded as a capture device would, at its pace.
 *
 * <p>before: paths from the command line or rendered images; after: {@code classify}, {@code demo} and {@code bench}
 * stream them.
 */
@NullMarked
package io.scopegate.cli.input;

import org.jspecify.annotations.NullMarked;
