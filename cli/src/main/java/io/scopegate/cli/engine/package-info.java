/**
 * Runs {@code ./scopegate engine}: builds, lists and prunes TensorRT engines in a cache. Before it, the operator
 * installs what docs/gpu.md lists, or a server has filled the cache; after it, the server finds the engines that it
 * needs.
 */
@NullMarked
package io.scopegate.cli.engine;

import org.jspecify.annotations.NullMarked;
