/**
 * Tries one model on each target, in the same steps as the server, and builds the engine that a target lacks. Before
 * it, the operator installs what docs/gpu.md lists; after it, the server finds the engines that it needs.
 */
@NullMarked
package io.scopegate.inference.trial;

import org.jspecify.annotations.NullMarked;
