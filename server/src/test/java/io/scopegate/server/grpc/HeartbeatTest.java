package io.scopegate.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.scopegate.server.grpc.ConnectionSettings.Times;
import io.scopegate.server.testing.ManualClock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests heartbeats with the default times: the server pings after 5 s of silence, and something has to arrive within 2
 * s.
 */
class HeartbeatTest {

    private static final Times TIMES =
            new Times(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(2));

    private final ManualClock clock = new ManualClock();
    private boolean ready = true;
    private int pings;

    private final EmbeddedChannel connection = new EmbeddedChannel();

    HeartbeatTest() {
        connection.freezeTime();
        connection.pipeline().addLast(new Heartbeat(TIMES, this::ping, clock::nanoTime));
    }

    private boolean ping(io.netty.channel.ChannelHandlerContext asked) {
        pings += ready ? 1 : 0;
        return ready;
    }

    @AfterEach
    void close() {
        connection.finishAndReleaseAll();
    }

    @Test
    void aVanishedPeerIsFoundWithinSevenSeconds() {
        pass(4);
        connection.writeInbound("a frame");
        pass(4);
        assertThat(pings).isZero();
        pass(1);
        assertThat(pings).isOne();
        assertThat(connection.isOpen()).isTrue();
        pass(2);

        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void peerThatAnswersIsPingedAgain() {
        pass(5);
        connection.writeInbound("an answer");
        pass(5);

        assertThat(pings).isEqualTo(2);
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void aConnectionThatIsNotSetUpIsLeftToTheHandshakesOwnLimit() {
        ready = false;

        pass(20);

        assertThat(connection.isOpen()).isTrue();
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.advance(Duration.ofSeconds(1));
            connection.advanceTimeBy(1, TimeUnit.SECONDS);
            connection.runScheduledPendingTasks();
        }
    }
}
