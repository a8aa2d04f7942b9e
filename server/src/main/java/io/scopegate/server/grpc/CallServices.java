package io.scopegate.server.grpc;

import io.scopegate.server.audit.AuditTrail;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.model.Models;
import io.scopegate.server.pipeline.FramePipelines;
import io.scopegate.server.telemetry.FrameMetrics;
import io.scopegate.server.telemetry.FrameTraces;

/**
 * What every call needs.
 *
 * @param pipelines that take the frames
 * @param models what is served
 * @param settings the limits
 * @param version of this server
 * @param audit hears of each stream
 * @param metrics count each frame
 * @param traces follow some
 * @param clock the server's clocks
 * @param timer ends those that take too long
 */
record CallServices(
        FramePipelines pipelines,
        Models models,
        ServiceSettings settings,
        ServerVersion version,
        AuditTrail audit,
        FrameMetrics metrics,
        FrameTraces traces,
        ServerClock clock,
        CallTimer timer) {}
