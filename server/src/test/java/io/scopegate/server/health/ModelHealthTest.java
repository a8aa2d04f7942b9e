package io.scopegate.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.inference.engine.EngineStatus;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.model.Models;
import io.scopegate.server.testing.FakeSession;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.StubEngines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Checks the readiness page, and who is notified of it, while model {@code fake/1} is served. */
class ModelHealthTest {

    private static final String TEXT = "fp16: being built for 35 s, last time 212 s";

    private final StubEngines engines = new StubEngines();

    @Test
    void engineStatusOfTheServedModelIsReported() {
        engines.build(new EngineStatus(List.of("fake/1"), TEXT));

        assertThat(data()).containsEntry("engine", TEXT);
    }

    @Test
    void enginesOfOtherModelsAreNotItsConcern() {
        engines.build(new EngineStatus(List.of("other/1"), TEXT));

        assertThat(data()).containsEntry("name", "fake").doesNotContainKey("engine");
    }

    @Test
    void aLoadThatDoesNotEndIsSaidWhileTheOldVersionServes() {
        ManualClock clock = new ManualClock();
        try (ModelSlot slot = ModelSlots.serving(FakeSession.giving(0, 0), ModelSlots.tensors(1))) {
            Models models = ModelSlots.models(clock, slot);
            HealthPublisher health = new HealthPublisher(models);

            ModelSlots.whileLoading(models, "fake/2", () -> {
                assertThat(health.call().getData().orElseThrow()).doesNotContainKey("load");
                clock.advance(Duration.ofMinutes(5));
                assertThat(health.call().getData().orElseThrow())
                        .containsEntry("load", "loading fake/2 has been in progress since 2026-11-23T10:00:00Z")
                        .containsEntry("version", 1L);
            });

            assertThat(health.call().getData().orElseThrow()).doesNotContainKey("load");
        }
    }

    @Test
    void failingHealthListenerHindersNoOther() {
        List<Map<String, Boolean>> heard = new ArrayList<>();
        try (ModelSlot slot = ModelSlots.serving(FakeSession.giving(0, 0), ModelSlots.tensors(1))) {
            HealthPublisher health = new HealthPublisher(ModelSlots.models(new ManualClock(), slot));
            health.onChange(_ -> {
                throw new IllegalStateException("for a test");
            });
            health.onChange(heard::add);

            health.stop();

            assertThat(heard).hasSize(2);
            assertThat(heard.getLast()).containsEntry("", false);
        }
    }

    @Test
    void failedHealthListenerIsNotifiedAgainAtTheNextProbe() {
        List<Map<String, Boolean>> heard = new ArrayList<>();
        AtomicBoolean fails = new AtomicBoolean();
        try (ModelSlot slot = ModelSlots.serving(FakeSession.giving(0, 0), ModelSlots.tensors(1))) {
            HealthPublisher health = new HealthPublisher(ModelSlots.models(new ManualClock(), slot));
            health.start();
            health.onChange(services -> {
                if (fails.getAndSet(false)) {
                    throw new OutOfMemoryError("for a test");
                }
                heard.add(services);
            });
            fails.set(true);
            ModelSlots.serveNone(slot, "for a test");

            health.call();
            health.call();

            assertThat(heard).hasSize(2);
            assertThat(heard.getLast()).containsEntry("", false);
        }
    }

    private Map<String, Object> data() {
        try (ModelSlot slot = ModelSlots.serving(FakeSession.giving(0, 0), ModelSlots.tensors(1))) {
            return new HealthPublisher(ModelSlots.models(new ManualClock(), engines, slot))
                    .call()
                    .getData()
                    .orElseThrow();
        }
    }
}
