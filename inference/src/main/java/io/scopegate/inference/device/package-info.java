/**
 * Asks NVIDIA's driver and libraries about devices and versions, before anything relies on them. Before it, the process
 * is started; after it, {@code target} decides where networks run.
 */
@NullMarked
package io.scopegate.inference.device;

import org.jspecify.annotations.NullMarked;
