/**
 * ONNX Runtime's environment with telemetry off: the only way to ONNX Runtime for server, trainer and commands.
 *
 * <p>before: the process was started; after: code that runs a network opens sessions in the environment.
 */
@NullMarked
package io.scopegate.bundle.engine;

import org.jspecify.annotations.NullMarked;
