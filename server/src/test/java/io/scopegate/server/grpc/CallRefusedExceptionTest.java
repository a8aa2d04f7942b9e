package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.InternalMetadata;
import io.grpc.Metadata;
import io.scopegate.server.model.ControlRefusedException;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.model.Models;
import io.scopegate.server.testing.ManualClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CallRefusedExceptionTest {

    /** The log has all of it. */
    @Test
    void aClientHearsOfALongReasonAsMuchAsItCanTake() {
        Models models = ModelSlots.models(new ManualClock(), new ModelSlot("inbody"));
        var refused = catchThrowableOfType(ControlRefusedException.class, () -> models.control("x".repeat(10_000)));

        CallRefusedException refusal = CallRefusedException.control(refused);

        Metadata trailers = Objects.requireNonNull(refusal.toGrpc().getTrailers());
        int bytes = Arrays.stream(InternalMetadata.serialize(trailers))
                .mapToInt(part -> part.length)
                .sum();
        assertThat(refusal)
                .hasMessageStartingWith("model: one of [inbody], not xx")
                .hasMessageEndingWith("...");
        assertThat(bytes * 4 / 3 + String.valueOf(refusal.getMessage()).length())
                .isLessThan(8_192);
    }

    @Test
    void aLimitIsSaidAsItIs() {
        assertThat(CallRefusedException.notOpened(Duration.ofNanos(1_500_000)))
                .hasMessage("first message: within 1.5 ms, not absent, or the call left open after it");
        assertThat(CallRefusedException.leftUnread(Duration.ofSeconds(10)))
                .hasMessage("last answers: taken within 10000 ms, not left unread");
    }
}
