package io.scopegate.server.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.Pulses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PulseTest {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final ManualClock clock = new ManualClock();
    private final Pulse pulse = new Pulse(new PulseSettings(null, INTERVAL, false), clock);
    private final List<String> hung = new ArrayList<>();

    @Test
    void aRunThatReturnsInTimeIsASignOfLife() {
        Pulse.Run run = begin(Duration.ofSeconds(1));
        pass(Duration.ofMillis(900));

        run.succeeded();
        pass(Duration.ofSeconds(10));

        assertThat(pulse.life().alive()).isTrue();
        assertThat(hung).isEmpty();
    }

    @Test
    void aRunThatDoesNotReturnIsNoticedOnce() {
        begin(Duration.ofSeconds(1));

        pass(Duration.ofSeconds(5));

        assertThat(pulse.life()).isEqualTo(new Pulse.Life(false, "a run of the network does not return"));
        assertThat(hung).containsExactly("hung");
        assertThat(pulse.hung()).isEqualTo(1);
    }

    @Test
    void aLostDeviceIsNoticedAtOnceAndForGood() {
        List<Boolean> told = new ArrayList<>();
        pulse.onChange(() -> told.add(pulse.life().alive()));

        begin(Duration.ofSeconds(1)).lostDevice();

        assertThat(told).containsExactly(false);
        assertThat(pulse.life().reason()).isEqualTo("the device is lost until the server is started anew");

        begin(Duration.ofSeconds(1)).succeeded();

        assertThat(pulse.life().alive()).isFalse();
    }

    @Test
    void lateReturnOfAHungRunRestoresLiveness() {
        Pulse.Run run = begin(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(2));

        run.succeeded();

        assertThat(pulse.life().alive()).isTrue();
        assertThat(pulse.hung()).isZero();
    }

    @Test
    void oneRunThatHangsCountsAlthoughOthersReturn() {
        begin(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(2));

        begin(Duration.ofSeconds(1)).succeeded();

        assertThat(pulse.life().alive()).isFalse();
    }

    @Test
    void aPauseOfTheWholeProcessIsNoHang() {
        begin(Duration.ofSeconds(1));
        pulse.look();

        clock.advance(Duration.ofHours(1));
        pulse.look();

        assertThat(pulse.life().alive()).isTrue();
    }

    @Test
    void theConfiguredLimitGoesBeforeThatOfTheModel() {
        Pulse patient = new Pulse(new PulseSettings(Duration.ofSeconds(3), INTERVAL, false), clock);
        patient.begin(Duration.ofSeconds(1), () -> {});

        Pulses.pass(Duration.ofSeconds(2), clock, patient);
        assertThat(patient.life().alive()).isTrue();
        Pulses.pass(Duration.ofSeconds(2), clock, patient);

        assertThat(patient.life().alive()).isFalse();
    }

    @Test
    void runsThatFailForAWhileWithoutASuccessAreAFault() {
        for (int i = 0; i < 3; i++) {
            begin(Duration.ofSeconds(1)).failed();
            pass(Duration.ofMillis(300));
        }

        assertThat(pulse.life()).isEqualTo(new Pulse.Life(false, "every run of the network fails"));
        begin(Duration.ofSeconds(1)).succeeded();
        assertThat(pulse.life().alive()).isTrue();
    }

    @Test
    void someFailuresWithinAMomentAreNoFault() {
        for (int i = 0; i < 30; i++) {
            begin(Duration.ofSeconds(1)).failed();
        }
        pass(Duration.ofMillis(200));

        begin(Duration.ofSeconds(1)).succeeded();
        pass(Duration.ofSeconds(10));

        assertThat(pulse.life().alive()).isTrue();
    }

    @Test
    void aFailedRunIsTriedAgainSoonAndASoundOneLetsTheNetworkRest() {
        begin(Duration.ofSeconds(1)).failed();
        assertThat(pulse.untilCanary()).isEqualTo(Pulse.TICK);

        begin(Duration.ofSeconds(1)).succeeded();
        assertThat(pulse.untilCanary()).isEqualTo(INTERVAL);
    }

    @Test
    void withoutAModelNothingCanBeAtFault() {
        for (int i = 0; i < 3; i++) {
            begin(Duration.ofSeconds(1)).failed();
            pass(Duration.ofMillis(300));
        }

        pulse.nothingToRun();

        assertThat(pulse.life().alive()).isTrue();
    }

    @Test
    void everyChangeIsToldOnce() {
        List<Pulse.Life> told = new ArrayList<>();
        pulse.onChange(() -> told.add(pulse.life()));
        Pulse.Run run = begin(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(3));

        run.succeeded();

        assertThat(told).extracting(Pulse.Life::alive).containsExactly(false, true);
    }

    @Test
    void hungRunFramesFailBeforeListenersAreNotified() {
        pulse.onChange(() -> hung.add("told"));
        begin(Duration.ofSeconds(1));

        pass(Duration.ofSeconds(2));

        assertThat(hung).containsExactly("hung", "told");
    }

    @Test
    void aListenerThatFailsHindersNeitherTheRunNorTheOthers() {
        List<Boolean> told = new ArrayList<>();
        pulse.onChange(() -> {
            throw new IllegalStateException("for a test");
        });
        pulse.onChange(() -> told.add(pulse.life().alive()));
        Pulse.Run run = begin(Duration.ofSeconds(1));

        pass(Duration.ofSeconds(2));
        assertThat(hung).containsExactly("hung");
        assertThat(told).containsExactly(false);

        run.succeeded();
        assertThat(told).containsExactly(false, true);
    }

    private Pulse.Run begin(Duration limit) {
        return pulse.begin(limit, () -> hung.add("hung"));
    }

    private void pass(Duration time) {
        Pulses.pass(time, clock, pulse);
    }
}
