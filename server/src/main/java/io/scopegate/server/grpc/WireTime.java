package io.scopegate.server.grpc;

import com.google.protobuf.Timestamp;
import io.scopegate.server.frame.FrameOutcome.Rejected;
import io.scopegate.server.frame.Reason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Converts times and durations between the wire and the server. */
final class WireTime {

    private static final long FIRST_SECOND = -62_135_596_800L;
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final Duration LONGEST = Duration.ofDays(1);

    private WireTime() {}

    /** Reads a timestamp; refuses one that {@code google.protobuf.Timestamp} does not allow. */
    static Instant read(String field, Timestamp time) throws CallRefusedException {
        Rejected fault = fault(field, time);
        if (fault != null) {
            throw CallRefusedException.breach(fault.field(), fault.limit(), fault.value());
        }
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    /** Reads a time of a frame; null if it is not set or if {@link #fault} finds a fault in it. */
    static @Nullable Instant ofFrame(boolean stated, Timestamp time) {
        return stated && fault("", time) == null ? Instant.ofEpochSecond(time.getSeconds(), time.getNanos()) : null;
    }

    /** Returns what {@code google.protobuf.Timestamp} does not allow in this time, or null. */
    static @Nullable Rejected fault(String field, Timestamp time) {
        long seconds = time.getSeconds();
        if (seconds < FIRST_SECOND || seconds > LAST_SECOND) {
            return impossible(field + ".seconds", FIRST_SECOND + " to " + LAST_SECOND, seconds);
        }
        return time.getNanos() < 0 || time.getNanos() >= NANOS_PER_SECOND
                ? impossible(field + ".nanos", "0 to " + (NANOS_PER_SECOND - 1), time.getNanos())
                : null;
    }

    private static Rejected impossible(String field, String limit, long value) {
        return new Rejected(Reason.IMPOSSIBLE_TIME, field, limit, String.valueOf(value));
    }

    static Timestamp write(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    /** Writes a duration. On the wire, seconds and nanoseconds have the same sign. */
    static com.google.protobuf.Duration write(Duration duration) {
        boolean borrow = duration.isNegative() && duration.getNano() > 0;
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(duration.getSeconds() + (borrow ? 1 : 0))
                .setNanos(duration.getNano() - (borrow ? NANOS_PER_SECOND : 0))
                .build();
    }

    /** Reads a duration; refuses one that is not above zero, or longer than a day. */
    static Duration readPositive(String field, com.google.protobuf.Duration wire) throws CallRefusedException {
        return read(field, wire, "above 0", Duration.ofNanos(1));
    }

    /** Reads a duration; refuses one that is below zero, or longer than a day. */
    static Duration readDuration(String field, com.google.protobuf.Duration wire) throws CallRefusedException {
        return read(field, wire, "at least 0", Duration.ZERO);
    }

    private static Duration read(String field, com.google.protobuf.Duration wire, String lower, Duration least)
            throws CallRefusedException {
        boolean whole = wire.getNanos() >= 0 && wire.getNanos() < NANOS_PER_SECOND;
        if (whole && wire.getSeconds() >= 0 && wire.getSeconds() <= LONGEST.toSeconds()) {
            Duration duration = Duration.ofSeconds(wire.getSeconds(), wire.getNanos());
            if (duration.compareTo(least) >= 0 && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        }
        throw CallRefusedException.breach(
                field,
                lower + " and at most " + LONGEST.toSeconds() + " s",
                wire.getSeconds() + " s " + wire.getNanos() + " ns");
    }
}
