/**
 * {@code ./scopegate engine}: manages a cache of TensorRT engines.
 *
 * <p>before: a server has built them; after: the caller reads the list.
 */
@NullMarked
package io.scopegate.cli.engine;

import org.jspecify.annotations.NullMarked;
