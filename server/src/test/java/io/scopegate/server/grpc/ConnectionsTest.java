package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Attributes;
import io.scopegate.server.grpc.ConnectionSettings.CallShare;
import io.scopegate.server.grpc.ConnectionSettings.Times;
import io.scopegate.server.testing.LogLines;
import io.scopegate.server.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ConnectionSettings ONE_CONNECTION =
            new ConnectionSettings(1, new CallShare(1, 1), new Times(SECOND, SECOND, SECOND, SECOND), false);

    private final ManualClock clock = new ManualClock();
    private final Connections connections = new Connections(ONE_CONNECTION, clock);

    /** Each connection that is closed makes room, so that the next refusal would be worth a line of its own. */
    @Test
    void clientsThatComeAndGoWithoutAPauseWriteTwentyLinesASecond() {
        try (LogLines log = new LogLines(Connections.class)) {
            for (int round = 0; round < 30; round++) {
                refuseOne();
            }
            assertThat(log.containing("connections: at most 1, not 2")).hasSize(20);

            clock.advance(SECOND);
            refuseOne();

            assertThat(log.containing("(log lines suppressed before this one: 10)"))
                    .hasSize(1);
        }
    }

    private void refuseOne() {
        Attributes first = connections.transportReady(Attributes.EMPTY);
        assertThatThrownBy(() -> connections.transportReady(Attributes.EMPTY))
                .hasMessage("connections: at most 1, not 2");
        connections.transportTerminated(first);
    }
}
