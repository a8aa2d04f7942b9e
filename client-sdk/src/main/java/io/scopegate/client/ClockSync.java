package io.scopegate.client;

import com.google.protobuf.Timestamp;
import io.scopegate.proto.v1.ClockExchange;
import io.scopegate.proto.v1.ClockProbe;
import io.scopegate.proto.v1.ClockReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The clock exchanges of a stream, and the best of the recent offsets. Guarded by its owner's lock. */
final class ClockSync {
    /** With an exchange every 10 s, one minute: two crystals 20 ppm apart drift by about 1 ms in that time. */
    private static final int KEPT = 6;
    /** How many exchanges follow each other directly at the start, since the first ones run through cold code. */
    private static final int FIRST_ONES = 4;

    private final Deque<ClockOffset> recent = new ArrayDeque<>();
    private @Nullable Timestamp awaited;
    private int exchanges;

    /** Starts an exchange at {@code now}; an unfinished one is forgotten. */
    ClockProbe start(Instant now) {
        Timestamp t1 = ProtoTime.timestamp(now);
        awaited = t1;
        return ClockProbe.newBuilder().setClientSendTime(t1).build();
    }

    /**
     * Finishes an exchange.
     *
     * @param received when the reply arrived, t4
     * @return what to send to the server: the completed exchange and, at the start, the next probe; empty if the reply
     *     is not to the last probe, or if a clock was set back meanwhile
     */
    Optional<ClockProbe> finish(ClockReply reply, Instant received) {
        if (!reply.getClientSendTime().equals(awaited)) {
            return Optional.empty();
        }
        awaited = null;
        Instant t1 = ProtoTime.instant(reply.getClientSendTime());
        Instant t2 = ProtoTime.instant(reply.getServerReceiveTime());
        Instant t3 = ProtoTime.instant(reply.getServerSendTime());
        Duration roundTrip = Duration.between(t1, received).minus(Duration.between(t2, t3));
        if (roundTrip.isNegative()) {
            return Optional.empty();
        }
        Duration offset =
                Duration.between(t1, t2).plus(Duration.between(received, t3)).dividedBy(2);
        keep(new ClockOffset(offset, roundTrip.dividedBy(2), received));
        exchanges++;
        ClockProbe.Builder told = exchanges < FIRST_ONES ? start(received).toBuilder() : ClockProbe.newBuilder();
        return Optional.of(told.setCompleted(completed(reply, received)).build());
    }

    /** Returns the recent offset with the smallest uncertainty; empty before the first exchange. */
    Optional<ClockOffset> best() {
        return recent.stream().min(Comparator.comparing(ClockOffset::uncertainty));
    }

    /** Adds an offset, and drops older ones that cannot be true if it is: they were measured before a clock was set. */
    private void keep(ClockOffset latest) {
        recent.removeIf(older -> !older.agreesWith(latest));
        recent.addLast(latest);
        if (recent.size() > KEPT) {
            recent.removeFirst();
        }
    }

    private static ClockExchange completed(ClockReply reply, Instant received) {
        return ClockExchange.newBuilder()
                .setClientSendTime(reply.getClientSendTime())
                .setServerReceiveTime(reply.getServerReceiveTime())
                .setServerSendTime(reply.getServerSendTime())
                .setClientReceiveTime(ProtoTime.timestamp(received))
                .build();
    }
}
