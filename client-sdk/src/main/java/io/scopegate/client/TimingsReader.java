package io.scopegate.client;

import java.time.Duration;
import java.util.Optional;

/** Reads a frame's timings; what the server left unset is empty. */
final class TimingsReader {
    private TimingsReader() {}

    static Timings read(io.scopegate.proto.v1.Timings timings) {
        return new Timings(
                timings.hasReceivedAt() ? Optional.of(ProtoTime.instant(timings.getReceivedAt())) : Optional.empty(),
                duration(timings.hasDecode(), timings.getDecode()),
                duration(timings.hasPreprocess(), timings.getPreprocess()),
                duration(timings.hasQueue(), timings.getQueue()),
                duration(timings.hasInfer(), timings.getInfer()),
                duration(timings.hasPostprocess(), timings.getPostprocess()),
                duration(timings.hasTotal(), timings.getTotal()),
                duration(timings.hasAgeAtVerdict(), timings.getAgeAtVerdict()),
                duration(timings.hasClockOffset(), timings.getClockOffset()),
                duration(timings.hasClockUncertainty(), timings.getClockUncertainty()),
                timings.getBatchSize());
    }

    private static Optional<Duration> duration(boolean present, com.google.protobuf.Duration duration) {
        return present ? Optional.of(ProtoTime.duration(duration)) : Optional.empty();
    }
}
