/**
 * {@code ./scopegate doctor}: where networks can run on this machine, and what is missing where they cannot.
 *
 * <p>before: the operator installed what docs/gpu.md says; after: the server is started.
 */
@NullMarked
package io.scopegate.cli.doctor;

import org.jspecify.annotations.NullMarked;
