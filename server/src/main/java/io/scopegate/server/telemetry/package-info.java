/**
 * What becomes of frames and models, as metrics for Prometheus and, if enabled, as traces of some frames. No label
 * grows with use: none names a frame, a stream or a device. A trace names its frame, and never a device.
 *
 * <p>before: {@code grpc} answers frames, {@code model} tries versions; after: whoever scrapes.
 */
@NullMarked
package io.scopegate.server.telemetry;

import org.jspecify.annotations.NullMarked;
