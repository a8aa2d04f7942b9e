/**
 * Asks NVIDIA's driver and libraries about themselves, before anything is built on them.
 *
 * <p>before: the process was started; after: {@code target} decides where networks run.
 */
@NullMarked
package io.scopegate.inference.device;

import org.jspecify.annotations.NullMarked;
