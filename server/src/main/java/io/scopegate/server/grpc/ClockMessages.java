package io.scopegate.server.grpc;

import io.scopegate.proto.v1.ClockProbe;
import io.scopegate.proto.v1.ClockReply;
import io.scopegate.server.admission.ClockExchange;
import io.scopegate.server.admission.ClockOffset;
import io.scopegate.server.frame.ServerClock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads and writes the clock messages of the contract. */
final class ClockMessages {

    private ClockMessages() {}

    /** Adds the exchange that the probe completes, if any, to what is known of the client's clock. */
    static void learn(ClockProbe probe, ClockOffset clientClock, ServerClock clock) throws CallRefusedException {
        if (probe.hasCompleted()) {
            clientClock.measured(read(probe.getCompleted()), clock.origin());
        }
    }

    private static ClockExchange read(io.scopegate.proto.v1.ClockExchange wire) throws CallRefusedException {
        return new ClockExchange(
                WireTime.read("clock_probe.completed.client_send_time", wire.getClientSendTime()),
                WireTime.read("clock_probe.completed.server_receive_time", wire.getServerReceiveTime()),
                WireTime.read("clock_probe.completed.server_send_time", wire.getServerSendTime()),
                WireTime.read("clock_probe.completed.client_receive_time", wire.getClientReceiveTime()));
    }

    /** Returns the reply to a probe that starts an exchange, or null if it starts none. */
    static @Nullable ClockReply reply(
            ClockProbe probe, Instant receivedAt, ClockOffset clientClock, ServerClock clock) {
        if (!probe.hasClientSendTime()) {
            return null;
        }
        Instant sent = clock.wallTime();
        clientClock.replied(sent, clock.origin());
        return ClockReply.newBuilder()
                .setClientSendTime(probe.getClientSendTime())
                .setServerReceiveTime(WireTime.write(receivedAt))
                .setServerSendTime(WireTime.write(sent))
                .build();
    }
}
