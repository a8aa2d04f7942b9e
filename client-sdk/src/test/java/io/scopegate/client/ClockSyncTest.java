package io.scopegate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.proto.v1.ClockProbe;
import io.scopegate.proto.v1.ClockReply;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ClockSyncTest {
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
    private final ClockSync clocks = new ClockSync();

    @Test
    void aServerAheadByFiveSecondsIsSeenAsSuch() {
        exchange(START, Duration.ofSeconds(5), 20, 20);

        ClockOffset offset = clocks.best().orElseThrow();

        assertThat(offset.offset()).isEqualTo(Duration.ofSeconds(5));
        assertThat(offset.uncertainty()).isEqualTo(Duration.ofMillis(20));
        assertThat(offset.measuredAt()).isEqualTo(START.plusMillis(43));
    }

    @Property
    void theTrueOffsetIsNeverFurtherAwayThanTheUncertainty(
            @ForAll @IntRange(min = -100_000, max = 100_000) int offsetMillis,
            @ForAll @IntRange(max = 5_000) int thereMillis,
            @ForAll @IntRange(max = 5_000) int backMillis) {
        Duration truth = Duration.ofMillis(offsetMillis);
        ClockSync fresh = new ClockSync();
        exchange(fresh, START, truth, thereMillis, backMillis);

        ClockOffset measured = fresh.best().orElseThrow();

        assertThat(measured.offset().minus(truth).abs()).isLessThanOrEqualTo(measured.uncertainty());
    }

    @Test
    void theBestOfTheRecentExchangesCounts() {
        exchange(START, Duration.ofSeconds(5), 20, 30);
        exchange(START.plusSeconds(10), Duration.ofSeconds(5), 1, 1);
        exchange(START.plusSeconds(20), Duration.ofSeconds(5), 40, 10);

        assertThat(clocks.best().orElseThrow().uncertainty()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void anOldExchangeIsForgottenHoweverGood() {
        exchange(START, Duration.ofSeconds(5), 1, 1);
        for (int i = 1; i <= 6; i++) {
            exchange(START.plusSeconds(10 * i), Duration.ofSeconds(5), 30, 30);
        }

        assertThat(clocks.best().orElseThrow().uncertainty()).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void earlierExchangesAreDiscardedAfterAClockIsSet() {
        exchange(START, Duration.ofSeconds(5), 1, 1);
        exchange(START.plusSeconds(10), Duration.ofSeconds(-30), 50, 50);

        assertThat(clocks.best().orElseThrow().offset()).isEqualTo(Duration.ofSeconds(-30));
    }

    @Test
    void aReplyToAnEarlierProbeIsIgnored() {
        ClockProbe first = clocks.start(START);
        clocks.start(START.plusSeconds(10));

        assertThat(clocks.finish(reply(first, START, START), START.plusSeconds(11)))
                .isEmpty();
        assertThat(clocks.best()).isEmpty();
    }

    @Test
    void anExchangeDuringWhichTheClockWasSetBackIsIgnored() {
        ClockProbe probe = clocks.start(START);

        assertThat(clocks.finish(reply(probe, START, START.plusMillis(5)), START.minusSeconds(3)))
                .isEmpty();
        assertThat(clocks.best()).isEmpty();
    }

    @Test
    void completedProbeContainsAllFourTimestamps() {
        ClockProbe told = exchange(START, Duration.ofSeconds(5), 20, 20);

        assertThat(ProtoTime.instant(told.getCompleted().getClientSendTime())).isEqualTo(START);
        assertThat(ProtoTime.instant(told.getCompleted().getServerReceiveTime()))
                .isEqualTo(START.plusMillis(5_020));
        assertThat(ProtoTime.instant(told.getCompleted().getServerSendTime())).isEqualTo(START.plusMillis(5_023));
        assertThat(ProtoTime.instant(told.getCompleted().getClientReceiveTime()))
                .isEqualTo(START.plusMillis(43));
    }

    @Test
    void theFirstExchangesFollowEachOtherAtOnce() {
        for (int i = 1; i <= 3; i++) {
            assertThat(exchange(START, Duration.ZERO, 20, 20).getClientSendTime())
                    .isEqualTo(ProtoTime.timestamp(START.plusMillis(43)));
        }

        assertThat(exchange(START, Duration.ZERO, 20, 20).hasClientSendTime()).isFalse();
    }

    private ClockProbe exchange(Instant start, Duration offset, int thereMillis, int backMillis) {
        return exchange(clocks, start, offset, thereMillis, backMillis);
    }

    /** Makes one exchange with a server that takes 3 ms to reply. */
    private static ClockProbe exchange(
            ClockSync clocks, Instant start, Duration offset, int thereMillis, int backMillis) {
        ClockProbe probe = clocks.start(start);
        Instant atServer = start.plusMillis(thereMillis);
        ClockReply reply =
                reply(probe, atServer.plus(offset), atServer.plusMillis(3).plus(offset));
        return clocks.finish(reply, atServer.plusMillis(3 + backMillis)).orElseThrow();
    }

    private static ClockReply reply(ClockProbe probe, Instant serverReceive, Instant serverSend) {
        return ClockReply.newBuilder()
                .setClientSendTime(probe.getClientSendTime())
                .setServerReceiveTime(ProtoTime.timestamp(serverReceive))
                .setServerSendTime(ProtoTime.timestamp(serverSend))
                .build();
    }
}
