package io.scopegate.server.grpc;

import io.scopegate.server.audit.AuditTrail;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.model.Models;
import io.scopegate.server.pipeline.FramePipelines;
import io.scopegate.server.telemetry.FrameMetrics;
import io.scopegate.server.telemetry.FrameTraces;

/**
 * The services that every classifier call uses.
 *
 * @param pipelines take the frames
 * @param models the served models
 * @param settings the limits
 * @param version name and version of this server
 * @param audit records each stream
 * @param metrics count each frame
 * @param traces record some frames
 * @param clock the server's clocks
 * @param timer ends calls that take too long
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
