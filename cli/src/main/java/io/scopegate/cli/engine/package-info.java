/**
 * {@code ./scopegate engine}: what lies in a cache of TensorRT engines.
 *
 * <p>before: a server has built them; after: whoever asked.
 */
@NullMarked
package io.scopegate.cli.engine;

import org.jspecify.annotations.NullMarked;
