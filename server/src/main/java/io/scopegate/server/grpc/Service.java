package io.scopegate.server.grpc;

import io.scopegate.server.audit.AuditTrail;
import io.scopegate.server.frame.ModelIdentity;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelState;
import io.scopegate.server.pipeline.FramePipeline;
import io.scopegate.server.telemetry.FrameMetrics;
import org.jspecify.annotations.Nullable;

/**
 * What every call needs.
 *
 * @param pipeline that takes the frames
 * @param models what is served
 * @param settings the limits
 * @param audit hears of each stream
 * @param metrics count each frame
 * @param clock the server's clocks
 */
record Service(
        FramePipeline pipeline,
        ModelSlot models,
        ServiceSettings settings,
        AuditTrail audit,
        FrameMetrics metrics,
        ServerClock clock) {

    @Nullable
    ModelIdentity servedModel() {
        return models.state() instanceof ModelState.Serving(ModelIdentity identity) ? identity : null;
    }
}
