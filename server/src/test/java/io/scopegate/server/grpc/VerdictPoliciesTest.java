package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.proto.v1.FrozenPictureDetection;
import io.scopegate.proto.v1.Smoothing;
import io.scopegate.proto.v1.StreamOpen;
import io.scopegate.server.verdict.VerdictLimits;
import io.scopegate.server.verdict.VerdictLimits.FrozenLimits;
import io.scopegate.server.verdict.VerdictLimits.SmoothingLimits;
import io.scopegate.server.verdict.VerdictPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class VerdictPoliciesTest {

    private static final VerdictPolicy DEFAULTS = new VerdictPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(2));
    private static final VerdictLimits FREE = new VerdictLimits(
            DEFAULTS,
            new SmoothingLimits(0, 10, Duration.ZERO, Duration.ofSeconds(1)),
            new FrozenLimits(Duration.ofMillis(500), Duration.ofSeconds(5), true));
    private static final VerdictLimits STRICT = new VerdictLimits(
            DEFAULTS,
            new SmoothingLimits(2, 10, Duration.ZERO, Duration.ofSeconds(1)),
            new FrozenLimits(Duration.ofMillis(500), Duration.ofSeconds(5), false));

    @Test
    void unsetPolicyIsTheServersDefault() throws CallRefusedException {
        assertThat(read(FREE, StreamOpen.newBuilder())).isEqualTo(DEFAULTS);
        assertThat(read(
                        FREE,
                        StreamOpen.newBuilder()
                                .setSmoothing(Smoothing.getDefaultInstance())
                                .setFrozenPictureDetection(FrozenPictureDetection.getDefaultInstance())))
                .isEqualTo(DEFAULTS);
    }

    @Test
    void aStreamMayChooseWithinTheLimits() throws CallRefusedException {
        StreamOpen.Builder open = StreamOpen.newBuilder()
                .setSmoothing(smoothing(10, Duration.ofSeconds(1)))
                .setFrozenPictureDetection(frozen(Duration.ofMillis(500)));

        assertThat(read(STRICT, open)).isEqualTo(new VerdictPolicy(10, Duration.ofSeconds(1), Duration.ofMillis(500)));
    }

    @Test
    void aStreamMayTurnBothOffWhereTheServerLetsIt() throws CallRefusedException {
        StreamOpen.Builder open = StreamOpen.newBuilder()
                .setSmoothing(Smoothing.newBuilder().setDisabled(true))
                .setFrozenPictureDetection(FrozenPictureDetection.newBuilder().setDisabled(true));

        assertThat(read(FREE, open)).isEqualTo(VerdictPolicy.SINGLE_FRAME);
    }

    @Test
    void requiredSmoothingAndFrozenDetectionCannotBeDisabled() {
        assertRefused(
                STRICT,
                StreamOpen.newBuilder().setSmoothing(Smoothing.newBuilder().setDisabled(true)),
                "open.smoothing.disabled: false, as this server has it, not true");
        assertRefused(
                STRICT,
                StreamOpen.newBuilder()
                        .setFrozenPictureDetection(
                                FrozenPictureDetection.newBuilder().setDisabled(true)),
                "open.frozen_picture_detection.disabled: false, as this server has it, not true");
    }

    @Test
    void valueOutsideTheLimitsIsRefusedNamingItsField() {
        assertRefused(
                STRICT,
                StreamOpen.newBuilder().setSmoothing(smoothing(1, Duration.ZERO)),
                "open.smoothing.frames_to_in_body: 2 to 10, not 1");
        assertRefused(
                FREE,
                StreamOpen.newBuilder().setSmoothing(smoothing(-1, Duration.ZERO)),
                "open.smoothing.frames_to_in_body: 0 to 10, not 4294967295");
        assertRefused(
                FREE,
                StreamOpen.newBuilder().setSmoothing(smoothing(1, Duration.ofMillis(1001))),
                "open.smoothing.time_to_in_body: 0 ms to 1000 ms, not 1001 ms");
        assertRefused(
                FREE,
                StreamOpen.newBuilder().setSmoothing(smoothing(1, Duration.ofMillis(-1))),
                "open.smoothing.time_to_in_body: at least 0 and at most 86400 s, not 0 s -1000000 ns");
        assertRefused(
                FREE,
                StreamOpen.newBuilder().setFrozenPictureDetection(frozen(Duration.ofMillis(499))),
                "open.frozen_picture_detection.after: 500 ms to 5000 ms, not 499 ms");
        assertRefused(
                FREE,
                StreamOpen.newBuilder()
                        .setSmoothing(smoothing(1, Duration.ofSeconds(1).plusNanos(1))),
                "open.smoothing.time_to_in_body: 0 ms to 1000 ms, not 1000.000001 ms");
        assertRefused(
                FREE,
                StreamOpen.newBuilder().setFrozenPictureDetection(frozen(Duration.ofNanos(499_500_000))),
                "open.frozen_picture_detection.after: 500 ms to 5000 ms, not 499.5 ms");
    }

    @Test
    void defaultsOutsideTheLimitsStopTheStart() {
        assertThatThrownBy(() -> new VerdictLimits(
                        new VerdictPolicy(1, Duration.ZERO, null), STRICT.smoothing(), STRICT.frozen()))
                .hasMessageContaining("smoothing");
    }

    private static VerdictPolicy read(VerdictLimits limits, StreamOpen.Builder open) throws CallRefusedException {
        return new VerdictPolicies(limits).read(open.build());
    }

    private static void assertRefused(VerdictLimits limits, StreamOpen.Builder open, String message) {
        assertThatThrownBy(() -> read(limits, open))
                .isInstanceOf(CallRefusedException.class)
                .hasMessage(message);
    }

    private static Smoothing.Builder smoothing(int frames, Duration time) {
        return Smoothing.newBuilder().setFramesToInBody(frames).setTimeToInBody(WireTime.write(time));
    }

    private static FrozenPictureDetection.Builder frozen(Duration after) {
        return FrozenPictureDetection.newBuilder().setAfter(WireTime.write(after));
    }
}
