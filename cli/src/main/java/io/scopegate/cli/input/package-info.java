/**
 * Supplies pictures to send: from disk (image files, folders, MJPEG AVI files), or encoded as a capture device would,
 * at its pace. Before it, a command line gives paths, or images are rendered; after it, {@code classify}, {@code demo}
 * and {@code bench} stream the pictures.
 */
@NullMarked
package io.scopegate.cli.input;

import org.jspecify.annotations.NullMarked;
