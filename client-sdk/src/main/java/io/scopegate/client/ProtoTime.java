package io.scopegate.client;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** Converts times of the contract to those of {@code java.time} and back, to the nanosecond. */
final class ProtoTime {
    private ProtoTime() {}

    static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    static com.google.protobuf.Duration duration(Duration duration) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(protoSeconds(duration))
                .setNanos(protoNanos(duration))
                .build();
    }

    static Duration duration(com.google.protobuf.Duration duration) {
        return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    /** In a message, seconds and nanoseconds have the same sign; in java.time, nanoseconds are never negative. */
    private static long protoSeconds(Duration duration) {
        return duration.getSeconds() + (roundsUp(duration) ? 1 : 0);
    }

    private static int protoNanos(Duration duration) {
        return duration.getNano() - (roundsUp(duration) ? 1_000_000_000 : 0);
    }

    private static boolean roundsUp(Duration duration) {
        return duration.getSeconds() < 0 && duration.getNano() > 0;
    }
}
