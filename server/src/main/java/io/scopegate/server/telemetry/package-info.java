/**
 * Reports what becomes of frames and models: as metrics for Prometheus and, if enabled, as traces of some frames. No
 * label grows with use: none names a frame, a stream or a device. A trace names its frame but never a device. Before
 * it, {@code grpc} answers frames and {@code model} tries versions; after it, a monitoring system reads the metrics and
 * traces.
 */
@NullMarked
package io.scopegate.server.telemetry;

import org.jspecify.annotations.NullMarked;
