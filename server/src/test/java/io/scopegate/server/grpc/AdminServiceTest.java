package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.scopegate.audit.LogLimits;
import io.scopegate.proto.v1.ModelsState;
import io.scopegate.proto.v1.UnpinModelRequest;
import io.scopegate.server.audit.AuditSettings;
import io.scopegate.server.audit.AuditTrail;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.RecordedCall;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminServiceTest {

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();

    @Test
    void executedRequestIsAuditedAsDoneWhenItsClientHasGone() throws Exception {
        AuditTrail trail = new AuditTrail(new AuditSettings(folder, LogLimits.keepingAll(1 << 20)), clock);
        trail.start();
        AdminService admin = new AdminService(ModelSlots.models(clock, ModelSlots.loading()), trail);
        RecordedCall<ModelsState> call = new RecordedCall<>();
        call.whenWritten(() -> {
            throw Status.CANCELLED.asRuntimeException();
        });

        admin.unpinModel(UnpinModelRequest.getDefaultInstance(), call);

        trail.close();
        assertThat(folder.resolve("audit-00000001.jsonl"))
                .content()
                .containsOnlyOnce("\"outcome\":\"done\"")
                .doesNotContain("\"outcome\":\"failed\"");
    }
}
