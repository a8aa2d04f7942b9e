package io.scopegate.server.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.Watchdogs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkWatchdogTest {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final ManualClock clock = new ManualClock();
    private final NetworkWatchdog watchdog = new NetworkWatchdog(new WatchdogSettings(null, INTERVAL, false), clock);
    private final List<String> hung = new ArrayList<>();

    @Test
    void aRunThatReturnsInTimeIsASignOfLife() {
        NetworkWatchdog.Run run = begin(Duration.ofSeconds(1));
        pass(Duration.ofMillis(900));

        run.succeeded();
        pass(Duration.ofSeconds(10));

        assertThat(watchdog.life().alive()).isTrue();
        assertThat(hung).isEmpty();
    }

    @Test
    void aRunThatDoesNotReturnIsNoticedOnce() {
        begin(Duration.ofSeconds(1));

        pass(Duration.ofSeconds(5));

        assertThat(watchdog.life()).isEqualTo(new NetworkWatchdog.Life(false, "a run of the network does not return"));
        assertThat(hung).containsExactly("hung");
        assertThat(watchdog.hung()).isEqualTo(1);
    }

    @Test
    void aLostDeviceIsNoticedAtOnceAndForGood() {
        List<Boolean> told = new ArrayList<>();
        watchdog.onChange(() -> told.add(watchdog.life().alive()));

        begin(Duration.ofSeconds(1)).lostDevice();

        assertThat(told).containsExactly(false);
        assertThat(watchdog.life().reason()).isEqualTo("the device is lost until the server is started anew");

        begin(Duration.ofSeconds(1)).succeeded();

        assertThat(watchdog.life().alive()).isFalse();
    }

    @Test
    void lateReturnOfAHungRunRestoresLiveness() {
        NetworkWatchdog.Run run = begin(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(2));

        run.succeeded();

        assertThat(watchdog.life().alive()).isTrue();
        assertThat(watchdog.hung()).isZero();
    }

    @Test
    void oneRunThatHangsCountsAlthoughOthersReturn() {
        begin(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(2));

        begin(Duration.ofSeconds(1)).succeeded();

        assertThat(watchdog.life().alive()).isFalse();
    }

    @Test
    void aPauseOfTheWholeProcessIsNoHang() {
        begin(Duration.ofSeconds(1));
        watchdog.look();

        clock.advance(Duration.ofHours(1));
        watchdog.look();

        assertThat(watchdog.life().alive()).isTrue();
    }

    @Test
    void theConfiguredLimitGoesBeforeThatOfTheModel() {
        NetworkWatchdog patient =
                new NetworkWatchdog(new WatchdogSettings(Duration.ofSeconds(3), INTERVAL, false), clock);
        patient.begin(Duration.ofSeconds(1), () -> {});

        Watchdogs.pass(Duration.ofSeconds(2), clock, patient);
        assertThat(patient.life().alive()).isTrue();
        Watchdogs.pass(Duration.ofSeconds(2), clock, patient);

        assertThat(patient.life().alive()).isFalse();
    }

    @Test
    void runsThatFailForAWhileWithoutASuccessAreAFault() {
        for (int i = 0; i < 3; i++) {
            begin(Duration.ofSeconds(1)).failed();
            pass(Duration.ofMillis(300));
        }

        assertThat(watchdog.life()).isEqualTo(new NetworkWatchdog.Life(false, "every run of the network fails"));
        begin(Duration.ofSeconds(1)).succeeded();
        assertThat(watchdog.life().alive()).isTrue();
    }

    @Test
    void someFailuresWithinAMomentAreNoFault() {
        for (int i = 0; i < 30; i++) {
            begin(Duration.ofSeconds(1)).failed();
        }
        pass(Duration.ofMillis(200));

        begin(Duration.ofSeconds(1)).succeeded();
        pass(Duration.ofSeconds(10));

        assertThat(watchdog.life().alive()).isTrue();
    }

    @Test
    void aFailedRunIsTriedAgainSoonAndASoundOneLetsTheNetworkRest() {
        begin(Duration.ofSeconds(1)).failed();
        assertThat(watchdog.untilCanary()).isEqualTo(NetworkWatchdog.TICK);

        begin(Duration.ofSeconds(1)).succeeded();
        assertThat(watchdog.untilCanary()).isEqualTo(INTERVAL);
    }

    @Test
    void withoutAModelNothingCanBeAtFault() {
        for (int i = 0; i < 3; i++) {
            begin(Duration.ofSeconds(1)).failed();
            pass(Duration.ofMillis(300));
        }

        watchdog.nothingToRun();

        assertThat(watchdog.life().alive()).isTrue();
    }

    @Test
    void everyChangeIsToldOnce() {
        List<NetworkWatchdog.Life> told = new ArrayList<>();
        watchdog.onChange(() -> told.add(watchdog.life()));
        NetworkWatchdog.Run run = begin(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(3));

        run.succeeded();

        assertThat(told).extracting(NetworkWatchdog.Life::alive).containsExactly(false, true);
    }

    @Test
    void hungRunFramesFailBeforeListenersAreNotified() {
        watchdog.onChange(() -> hung.add("told"));
        begin(Duration.ofSeconds(1));

        pass(Duration.ofSeconds(2));

        assertThat(hung).containsExactly("hung", "told");
    }

    @Test
    void aListenerThatFailsHindersNeitherTheRunNorTheOthers() {
        List<Boolean> told = new ArrayList<>();
        watchdog.onChange(() -> {
            throw new IllegalStateException("for a test");
        });
        watchdog.onChange(() -> told.add(watchdog.life().alive()));
        NetworkWatchdog.Run run = begin(Duration.ofSeconds(1));

        pass(Duration.ofSeconds(2));
        assertThat(hung).containsExactly("hung");
        assertThat(told).containsExactly(false);

        run.succeeded();
        assertThat(told).containsExactly(false, true);
    }

    private NetworkWatchdog.Run begin(Duration limit) {
        return watchdog.begin(limit, () -> hung.add("hung"));
    }

    private void pass(Duration time) {
        Watchdogs.pass(time, clock, watchdog);
    }
}
