package io.scopegate.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import io.scopegate.bundle.frame.FrameLimits;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.inference.InferenceSession;
import io.scopegate.inference.SessionFactory;
import io.scopegate.inference.engine.BuildClock;
import io.scopegate.inference.engine.BuildLog;
import io.scopegate.inference.engine.EngineBuilds;
import io.scopegate.inference.engine.EngineStore;
import io.scopegate.inference.target.ExecutionTarget;
import io.scopegate.server.admission.DeliveryPolicy;
import io.scopegate.server.admission.StreamFrameLimits;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.grpc.ConnectionSettings;
import io.scopegate.server.grpc.ConnectionSettings.CallShare;
import io.scopegate.server.grpc.ConnectionSettings.Times;
import io.scopegate.server.grpc.OpenCalls;
import io.scopegate.server.grpc.ServiceSettings;
import io.scopegate.server.health.HealthPublisher;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.model.Models;
import io.scopegate.server.pipeline.FramePipelines;
import io.scopegate.server.pipeline.PipelineSettings;
import io.scopegate.server.testing.FakeSession;
import io.scopegate.server.testing.LogLines;
import io.scopegate.server.tls.ServerTls;
import io.scopegate.server.tls.TlsSettings;
import io.scopegate.server.verdict.VerdictLimits;
import io.scopegate.server.verdict.VerdictLimits.FrozenLimits;
import io.scopegate.server.verdict.VerdictLimits.SmoothingLimits;
import io.scopegate.server.verdict.VerdictPolicy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops a server of which a part fails to stop. */
class ServerLifeTest {

    private static final ServiceSettings SERVICE = new ServiceSettings(
            1024,
            64,
            1,
            8,
            DeliveryPolicy.BLOCK,
            new StreamFrameLimits(1, 1),
            new VerdictLimits(
                    VerdictPolicy.SINGLE_FRAME,
                    new SmoothingLimits(0, 10, Duration.ZERO, Duration.ofSeconds(1)),
                    new FrozenLimits(Duration.ZERO, Duration.ofSeconds(1), true)),
            Duration.ZERO);
    private static final ConnectionSettings CONNECTIONS = new ConnectionSettings(
            1,
            new CallShare(1, 1),
            new Times(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)),
            false);

    private final ServerClock clock = ServerClock.system();
    private final FakeSession session = FakeSession.giving(0, 5);
    private final Models models = ModelSlots.models(clock, ModelSlots.named("model", session, ModelSlots.tensors(1)));
    private final FramePipelines pipelines = new FramePipelines(
            models,
            new PipelineSettings(1, 1, Duration.ZERO, FrameLimits.DEFAULT, Long.MAX_VALUE, Long.MAX_VALUE),
            clock);

    @TempDir
    private Path directory;

    @Test
    void aStepThatFailsDoesNotKeepTheObserversAfterItFromBeingStopped() {
        try (LogLines log = new LogLines(ShutdownSteps.class)) {
            // A fault that escaped would end the event before it has reached the audit log.
            life(new UnendingSessions()).stop(new ShutdownEvent());

            assertThat(log.containing("a step of the shutdown failed")).hasSize(1);
        }
    }

    @Test
    void theNetworksAreClosedThoughAStepBeforeWasInterrupted() {
        pipelines.start();
        Thread.currentThread().interrupt();

        life(new UnendingSessions()).stop(new ShutdownEvent());

        assertThat(session.closed()).isTrue();
    }

    private ServerLife life(SessionFactory sessions) {
        EngineBuilds builds = new EngineBuilds(
                new EngineStore(directory, Clock.systemUTC(), _ -> {}),
                BuildClock.SYSTEM,
                new BuildLog(_ -> {}, _ -> {}),
                Duration.ZERO);
        return new ServerLife(
                pipelines,
                new HealthPublisher(models),
                models,
                sessions,
                builds,
                new OpenCalls(SERVICE, CONNECTIONS),
                new ServerTls(new TlsSettings(null, Duration.ofSeconds(1)), clock),
                SERVICE);
    }

    /** A factory that fails to end its runs. */
    private static final class UnendingSessions implements SessionFactory {

        @Override
        public InferenceSession open(PublishedModel model, ExecutionTarget target) {
            throw new AssertionError("nothing is opened");
        }

        @Override
        public boolean endRuns(Duration patience) {
            throw new IllegalStateException("for a test");
        }
    }
}
