/**
 * ONNX Runtime's environment, with its telemetry off: the one way to it for server, trainer and commands.
 *
 * <p>before: the process was started; after: whoever runs a network opens sessions in the environment.
 */
@NullMarked
package io.scopegate.bundle.engine;

import org.jspecify.annotations.NullMarked;
