package io.scopegate.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.model.Models;
import io.scopegate.server.testing.FakeSession;
import io.scopegate.server.testing.ManualClock;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

/** The start has ended once every model has been loaded or refused for the first time, and the gRPC port is open. */
class StartCheckTest {

    private static final DevicePort NOT_OPEN = () -> false;
    private static final DevicePort OPEN = () -> true;

    private final ModelSlot slot = ModelSlots.loading();
    private final ModelSlot other = new ModelSlot("other");
    private final Models models = ModelSlots.models(new ManualClock(), slot);

    @Test
    void aModelThatIsBeingLoadedForTheFirstTimeIsWaitedFor() {
        HealthCheckResponse page = check(models, OPEN);

        assertThat(page.getStatus()).isEqualTo(Status.DOWN);
        assertThat(page.getData().orElseThrow()).containsEntry("reason", "a model is being loaded");
    }

    @Test
    void aServerHasStartedOnceItServes() {
        ModelSlots.serve(slot, FakeSession.giving(0, 0));

        assertThat(check(models, OPEN).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aServerHasStartedAlsoWhereNoModelCouldBeLoaded() {
        ModelSlots.serveNone(slot, "there is none");

        assertThat(check(models, OPEN).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aServerThatHasOnceServedStaysStarted() {
        ModelSlots.serve(slot, FakeSession.giving(0, 0));

        ModelSlots.serveNone(slot, "unloaded by an administrator");
        assertThat(check(models, OPEN).getStatus()).isEqualTo(Status.UP);

        slot.close();
        assertThat(check(models, OPEN).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void everyModelIsWaitedFor() {
        Models both = ModelSlots.models(new ManualClock(), slot, other);
        ModelSlots.serve(slot, FakeSession.giving(0, 0));

        HealthCheckResponse page = check(both, OPEN);
        assertThat(page.getStatus()).isEqualTo(Status.DOWN);
        assertThat(page.getData().orElseThrow())
                .containsEntry("other: reason", "a model is being loaded")
                .hasSize(1);

        ModelSlots.serveNone(other, "there is none");
        assertThat(check(both, OPEN).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void thePortIsWaitedFor() {
        ModelSlots.serve(slot, FakeSession.giving(0, 0));

        HealthCheckResponse page = check(models, NOT_OPEN);

        assertThat(page.getStatus()).isEqualTo(Status.DOWN);
        assertThat(page.getData().orElseThrow()).containsEntry("grpc", "the port is not open yet");
    }

    private static HealthCheckResponse check(Models models, DevicePort port) {
        return new StartCheck(models, port).call();
    }
}
