/**
 * Runs {@code ./scopegate doctor}: reports where networks can run on this machine, and what is missing elsewhere.
 * Before it, the operator installs what docs/gpu.md lists; after it, the server is started.
 */
@NullMarked
package io.scopegate.cli.doctor;

import org.jspecify.annotations.NullMarked;
