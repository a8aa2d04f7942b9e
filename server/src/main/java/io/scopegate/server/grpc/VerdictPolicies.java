package io.scopegate.server.grpc;

import io.scopegate.proto.v1.FrozenPictureDetection;
import io.scopegate.proto.v1.Smoothing;
import io.scopegate.proto.v1.StreamOpen;
import io.scopegate.server.frame.Milliseconds;
import io.scopegate.server.verdict.VerdictLimits;
import io.scopegate.server.verdict.VerdictPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a client asks for in smoothing and frozen-picture detection, within the server's limits, and writes what
 * was settled on.
 */
final class VerdictPolicies {

    private final VerdictLimits limits;

    VerdictPolicies(VerdictLimits limits) {
        this.limits = limits;
    }

    VerdictPolicy read(StreamOpen open) throws CallRefusedException {
        VerdictPolicy defaults = limits.defaults();
        Duration frozenAfter = open.hasFrozenPictureDetection()
                ? frozenAfter(open.getFrozenPictureDetection())
                : defaults.frozenAfter();
        if (!open.hasSmoothing()) {
            return new VerdictPolicy(defaults.framesToInBody(), defaults.timeToInBody(), frozenAfter);
        }
        Smoothing smoothing = open.getSmoothing();
        if (smoothing.getDisabled()) {
            requireOptional("open.smoothing.disabled", limits.smoothing().optional());
            return new VerdictPolicy(0, Duration.ZERO, frozenAfter);
        }
        return new VerdictPolicy(frames(smoothing), time(smoothing), frozenAfter);
    }

    private int frames(Smoothing smoothing) throws CallRefusedException {
        if (!smoothing.hasFramesToInBody()) {
            return limits.defaults().framesToInBody();
        }
        int frames = smoothing.getFramesToInBody();
        if (!limits.smoothing().allowFrames(frames)) {
            throw CallRefusedException.breach(
                    "open.smoothing.frames_to_in_body",
                    limits.smoothing().leastFrames() + " to "
                            + limits.smoothing().mostFrames(),
                    Integer.toUnsignedString(frames));
        }
        return frames;
    }

    private Duration time(Smoothing smoothing) throws CallRefusedException {
        if (!smoothing.hasTimeToInBody()) {
            return limits.defaults().timeToInBody();
        }
        Duration time = WireTime.readDuration("open.smoothing.time_to_in_body", smoothing.getTimeToInBody());
        if (!limits.smoothing().allowTime(time)) {
            throw CallRefusedException.breach(
                    "open.smoothing.time_to_in_body",
                    range(limits.smoothing().leastTime(), limits.smoothing().mostTime()),
                    Milliseconds.of(time));
        }
        return time;
    }

    private @Nullable Duration frozenAfter(FrozenPictureDetection detection) throws CallRefusedException {
        if (detection.getDisabled()) {
            requireOptional(
                    "open.frozen_picture_detection.disabled", limits.frozen().optional());
            return null;
        }
        if (!detection.hasAfter()) {
            return limits.defaults().frozenAfter();
        }
        Duration after = WireTime.readDuration("open.frozen_picture_detection.after", detection.getAfter());
        if (!limits.frozen().allow(after)) {
            throw CallRefusedException.breach(
                    "open.frozen_picture_detection.after",
                    range(limits.frozen().shortest(), limits.frozen().longest()),
                    Milliseconds.of(after));
        }
        return after;
    }

    private static void requireOptional(String field, boolean optional) throws CallRefusedException {
        if (!optional) {
            throw CallRefusedException.breach(field, "false, as this server has it", true);
        }
    }

    private static String range(Duration least, Duration most) {
        return Milliseconds.of(least) + " to " + Milliseconds.of(most);
    }

    static Smoothing writeSmoothing(VerdictPolicy policy) {
        if (!policy.smooths()) {
            return Smoothing.newBuilder().setDisabled(true).build();
        }
        return Smoothing.newBuilder()
                .setFramesToInBody(policy.framesToInBody())
                .setTimeToInBody(WireTime.write(policy.timeToInBody()))
                .build();
    }

    static FrozenPictureDetection writeFrozen(VerdictPolicy policy) {
        FrozenPictureDetection.Builder wire = FrozenPictureDetection.newBuilder();
        return policy.frozenAfter() == null
                ? wire.setDisabled(true).build()
                : wire.setAfter(WireTime.write(policy.frozenAfter())).build();
    }
}
