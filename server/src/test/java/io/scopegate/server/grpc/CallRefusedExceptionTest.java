package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.InternalMetadata;
import io.grpc.Metadata;
import io.scopegate.server.admission.ModelSelection;
import io.scopegate.server.model.ControlRefusedException;
import io.scopegate.server.model.ModelSlot;
import io.scopegate.server.model.ModelSlots;
import io.scopegate.server.model.Models;
import io.scopegate.server.testing.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallRefusedExceptionTest {

    /** A long reason is shortened, so that the client can still receive the status. Only the log has all of it. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "\u0436", "\u5185", "\ud83e\udd16"})
    void longRefusalReasonIsTruncatedToTheHeaderLimit(String letter) {
        Models models = ModelSlots.models(new ManualClock(), new ModelSlot("inbody"));
        var refused = catchThrowableOfType(ControlRefusedException.class, () -> models.control(letter.repeat(10_000)));

        CallRefusedException refusal = CallRefusedException.control(refused);

        assertThat(refusal)
                .hasMessageStartingWith("model: one of [inbody], not " + letter)
                .hasMessageEndingWith(letter + "...");
        assertThat(bytes(refusal)).isLessThan(8_192);
    }

    @Test
    void longModelListIsTruncatedToTheHeaderLimit() {
        CallRefusedException refusal = CallRefusedException.unknownModel(
                "one of " + "\u0436".repeat(10_000), new ModelSelection("\u0436", null));

        assertThat(refusal).hasMessageStartingWith("model: one of \u0436").hasMessageEndingWith("..., not \u0436/*");
        assertThat(bytes(refusal)).isLessThan(8_192);
    }

    /**
     * Returns an estimate of the size of the trailers as they are sent: details take four characters for three bytes,
     * and most bytes of the text take three.
     */
    private static int bytes(CallRefusedException refusal) {
        Metadata trailers = Objects.requireNonNull(refusal.toGrpc().getTrailers());
        int details = Arrays.stream(InternalMetadata.serialize(trailers))
                .mapToInt(part -> part.length)
                .sum();
        int text = String.valueOf(refusal.getMessage()).getBytes(StandardCharsets.UTF_8).length;
        return details * 4 / 3 + text * 3;
    }

    @Test
    void refusalStatesTheExactLimitInMilliseconds() {
        assertThat(CallRefusedException.notOpened(Duration.ofNanos(1_500_000)))
                .hasMessage("first message: within 1.5 ms, not absent, or the call left open after it");
        assertThat(CallRefusedException.leftUnread(Duration.ofSeconds(10)))
                .hasMessage("last answers: taken within 10000 ms, not left unread");
    }
}
