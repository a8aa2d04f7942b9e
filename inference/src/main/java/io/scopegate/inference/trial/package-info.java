/**
 * Goes through the server's steps to each target with one model, before a server needs it.
 *
 * <p>before: the operator installed what docs/gpu.md says; after: the server finds the engines that it needs.
 */
@NullMarked
package io.scopegate.inference.trial;

import org.jspecify.annotations.NullMarked;
