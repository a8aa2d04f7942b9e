package io.scopegate.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.scopegate.audit.AuditEvent;
import io.scopegate.audit.AuditVerification;
import io.scopegate.audit.AuditVerification.Whole;
import io.scopegate.audit.LogLimits;
import io.scopegate.server.frame.ServerClock;
import io.scopegate.server.testing.LogLines;
import io.scopegate.server.testing.LogWithoutMemory;
import io.scopegate.server.testing.ManualClock;
import io.scopegate.server.testing.Served;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** The audit log's disk fails, does not answer, or is in use by another server, and may come back later. */
class AuditTrailTest {

    private static final Duration NO_PAUSE = Duration.ZERO;
    private static final Duration LONG_PAUSE = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MANY_ROUNDS = 20;
    private static final int MORE_THAN_WAIT = 5000;
    private static final int ROOM_FOR_THREE_LINES = 750;

    @TempDir
    Path folder;

    @Test
    void aSecondServerOnTheSameDirectoryDoesNotStart() throws Exception {
        AuditTrail first = trail(folder, LONG_PAUSE);
        first.start();
        AuditTrail second = trail(folder, LONG_PAUSE);

        assertThatThrownBy(second::start)
                .hasMessage("scopegate.audit.directory: one that no other server writes to, not " + folder);
        first.close();
        second.close();

        AuditTrail third = trail(folder, LONG_PAUSE);
        assertThatCode(third::start).doesNotThrowAnyException();
        third.close();
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void unresponsiveDiskDelaysNoStartAndEventsAreWrittenLater() throws Exception {
        Path pipe = folder.resolve("audit.lock");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "a system without pipes");
        ManualClock clock = new ManualClock();
        AuditTrail trail = trail(clock, Duration.ofMillis(1));

        // Opening a pipe for writing blocks until somebody opens it for reading: a disk that does not answer.
        trail.start();
        trail.record(AuditEvent.of(Instant.EPOCH, "test"));

        Served.await(() -> {
            clock.advance(Duration.ofSeconds(6));
            return trail.state().contains("has not answered since");
        });
        assertThat(trail.isWriting()).isFalse();
        try (InputStream reader = Files.newInputStream(pipe)) {
            Served.await(() -> trail.state().equals("writing"));
        }
        trail.close();
        Served.await(trail::hasEnded);
        assertThat(trail.lost()).isZero();
        assertThat(lines(folder, "\"test\"")).isOne();
    }

    @Test
    @Timeout(60)
    void aLogThatTurnsOutToBeAnotherServersAfterTheStartIsNotWritten() throws Exception {
        AuditTrail first = trail(folder, LONG_PAUSE);
        first.start();
        CountDownLatch answered = new CountDownLatch(1);
        ManualClock clock = new ManualClock();
        clock.whenRead(() -> await(answered));
        AuditTrail second = trail(clock, Duration.ofMillis(1));

        second.start();
        second.record(AuditEvent.of(Instant.EPOCH, "test"));
        answered.countDown();

        Served.await(() -> second.lost() == 1);
        assertThat(second.state()).endsWith("cannot be written: " + folder + ": another server writes to it");
        second.close();
        // Otherwise its last attempt could come after the first one has released the lock, and succeed.
        Served.await(second::hasEnded);
        first.close();
        assertThat(folder.resolve("audit-00000001.jsonl")).doesNotExist();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A server keeps the lock even if it cannot write its log, so that no other server takes over the log. */
    @Test
    void aServerWhoseLogFailsKeepsItForItself() throws Exception {
        Path log = folder.resolve("log");
        AuditTrail first = trail(log, LONG_PAUSE);
        first.start();
        Path newest = Files.createDirectory(log.resolve("audit-00000001.jsonl"));
        first.record(first.event("test"));
        Served.await(() -> first.lost() == 1);

        assertThatThrownBy(trail(log, NO_PAUSE)::start).hasMessageContaining("no other server");
        Files.delete(newest);
        first.close();
    }

    @Test
    void aDirectoryThatCannotBeMadeStopsNoServer() throws Exception {
        AuditTrail broken = trail(Files.writeString(folder.resolve("file"), ""), LONG_PAUSE);

        broken.start();
        broken.close();

        assertThat(broken.state()).contains("cannot be written");
    }

    /**
     * The disk fails and recovers during a pause of an hour: the log is not tried again before it is closed. Events
     * that come meanwhile wait, and those for which there is no room count as lost.
     */
    @Test
    void eventsDuringThePauseAfterAFaultAreWrittenOrCounted() throws Exception {
        Path log = Files.writeString(folder.resolve("log"), "");
        AuditTrail trail = trail(log, LONG_PAUSE);
        trail.start();
        trail.record(trail.event("test"));
        Served.await(() -> trail.lost() == 1);
        Files.delete(log);
        for (int i = 0; i < MORE_THAN_WAIT; i++) {
            trail.record(trail.event("test"));
        }
        long lost = trail.lost();

        assertThat(Files.exists(log)).as("tried again before the pause is over").isFalse();
        trail.close();

        assertThat(trail.lost()).isEqualTo(lost);
        assertThat(trail.state()).isEqualTo("writing");
        assertThat(AuditVerification.of(log)).isInstanceOf(Whole.class);
        assertThat(lines(log, "\"events-lost\"")).isOne();
        assertThat(lines(log, "\"sinceStart\":\"" + lost + "\"")).isOne();
        assertThat(lines(log, "\"test\"") + lost).isEqualTo(MORE_THAN_WAIT + 1);
    }

    @Test
    void logIsRetriedAfterThePause() throws Exception {
        Path log = Files.writeString(folder.resolve("log"), "");
        AuditTrail trail = trail(log, Duration.ofMillis(1));
        trail.start();
        trail.record(trail.event("test"));
        Served.await(() -> trail.lost() == 1);
        Files.delete(log);
        trail.record(trail.event("test"));

        Served.await(() -> trail.state().equals("writing"));
        trail.close();

        assertThat(trail.lost()).isOne();
    }

    @Test
    void logIsRetriedAfterThePauseWithoutANewEvent() throws Exception {
        Path log = Files.writeString(folder.resolve("log"), "");
        AuditTrail trail = trail(log, Duration.ofMillis(1));
        trail.start();
        trail.record(trail.event("test"));
        Served.await(() -> trail.lost() == 1);
        Files.delete(log);

        Served.await(() -> trail.state().equals("writing"));

        assertThat(lines(log, "\"events-lost\"")).isOne();
        assertThat(lines(log, "\"sinceStart\":\"1\"")).isOne();
        trail.close();
        assertThat(AuditVerification.of(log)).isInstanceOf(Whole.class);
    }

    @Test
    void logIsRetriedWhenItsFaultCouldNotBeLogged() throws Exception {
        Path log = Files.writeString(folder.resolve("log"), "");
        AuditTrail trail = trail(log, Duration.ofMillis(1));
        try (LogWithoutMemory _ = new LogWithoutMemory(AuditLog.class)) {
            trail.start();
            trail.record(trail.event("test"));
            Served.await(() -> trail.lost() == 1);
            assertThat(trail.state()).isEqualTo("cannot be written");
        }
        Files.delete(log);

        Served.await(() -> trail.state().equals("writing"));
        trail.close();
        assertThat(lines(log, "\"sinceStart\":\"1\"")).isOne();
    }

    @Test
    void aDirectoryThatCouldNotBeMadeIsTriedAgainThoughNothingHappens() throws Exception {
        Path log = Files.writeString(folder.resolve("log"), "");
        AuditTrail trail = trail(log, Duration.ofMillis(1));
        trail.start();
        assertThat(trail.state()).contains("cannot be written");
        Files.delete(log);

        Served.await(() -> trail.state().equals("writing"));
        trail.close();
    }

    @Test
    void aDiskThatIsFullIsNamedAndWhatItDidNotTakeIsCountedOnceThereIsRoom() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "a system without this device, which refuses every byte as a full disk does");
        Path link = Files.createSymbolicLink(folder.resolve("audit-00000001.jsonl"), full);
        AuditTrail trail = trail(folder, NO_PAUSE);

        assertThat(trail.write(List.of(trail.event("test")))).isFalse();

        assertThat(trail.state()).isEqualTo(folder + ": cannot be written: No space left on device");
        assertThat(trail.lost()).isOne();
        Files.delete(link);
        assertThat(trail.write(List.of(trail.event("test")))).isTrue();
        assertThat(trail.state()).isEqualTo("writing");
        assertThat(Files.readAllLines(folder.resolve("audit-00000002.jsonl")))
                .satisfiesExactly(
                        lost -> assertThat(lost).contains("\"events-lost\"", "\"sinceStart\":\"1\""),
                        event -> assertThat(event).contains("\"test\""));
    }

    @Test
    void onlyUnwrittenEventsOfAPartialWriteAreLost() throws Exception {
        Path log = folder.resolve("log");
        AuditTrail trail = new AuditTrail(
                new AuditSettings(log, LogLimits.keepingAll(ROOM_FOR_THREE_LINES)),
                new ManualClock(),
                NO_PAUSE,
                PATIENCE);
        trail.write(List.of(trail.event("test")));

        // Two more fit into the open file; the third needs a new file, and its directory is gone.
        Path aside = Files.move(log, folder.resolve("aside"));
        trail.write(Collections.nCopies(5, trail.event("test")));
        Files.move(aside, log);

        assertThat(trail.lost()).isEqualTo(3);
        assertThat(trail.state()).contains("cannot be written");
        trail.write(List.of(trail.event("test")));
        assertThat(AuditVerification.of(log))
                .isInstanceOfSatisfying(
                        Whole.class, whole -> assertThat(whole.lines()).isEqualTo(5));
        assertThat(Files.readString(log.resolve("audit-00000002.jsonl"))).contains("\"sinceStart\":\"3\"");
    }

    @Test
    void outOfMemoryErrorIsHandledAsALogFault() throws Exception {
        AtomicBoolean failing = new AtomicBoolean();
        AuditTrail trail = trail(failingOnce(failing), PATIENCE);
        trail.start();
        failing.set(true);
        trail.record(AuditEvent.of(Instant.EPOCH, "test"));
        Served.await(() -> trail.lost() == 1);
        assertThat(trail.state()).endsWith("cannot be written: java.lang.OutOfMemoryError: for a test");

        trail.record(AuditEvent.of(Instant.EPOCH, "test"));
        trail.close();

        assertThat(trail.state()).isEqualTo("writing");
        assertThat(trail.lost()).isOne();
        assertThat(lines(folder, "\"test\"")).isOne();
    }

    @Test
    void aDiskThatDoesNotAnswerIsNotTakenForOneThatIsWritten() throws Exception {
        ManualClock clock = new ManualClock();
        AuditTrail trail = trail(clock, PATIENCE);
        trail.write(List.of(trail.event("test")));
        AuditEvent late = trail.event("test");
        List<String> states = new ArrayList<>();
        List<Boolean> writing = new ArrayList<>();
        Runnable look = () -> {
            states.add(trail.state());
            writing.add(trail.isWriting());
        };
        Instant before = clock.wallTime();

        // The list is asked for its events during the write, and takes 5 s to answer, as a disk may.
        trail.write(new AbstractList<>() {
            @Override
            public AuditEvent get(int index) {
                clock.advance(Duration.ofSeconds(5));
                look.run();
                clock.advance(Duration.ofMillis(1));
                look.run();
                return late;
            }

            @Override
            public int size() {
                return 1;
            }
        });
        look.run();

        assertThat(states).containsExactly("writing", folder + ": has not answered since " + before, "writing");
        assertThat(writing).containsExactly(true, false, true);
    }

    /** A fault that is not the log's own: the monotonic clock fails, which the writing thread reads, too. */
    @Test
    void afterAFaultOfAnotherPartWhatHappensIsStillWrittenAndTheFaultIsSaidOnce() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        AtomicBoolean failing = new AtomicBoolean();
        AuditTrail trail = new AuditTrail(
                new AuditSettings(folder, LogLimits.keepingAll(1 << 20)),
                withoutTime(failing, failures),
                Duration.ofMillis(1),
                PATIENCE);
        try (LogLines log = new LogLines(AuditTrail.class)) {
            trail.start();
            trail.record(AuditEvent.of(Instant.EPOCH, "test"));
            Served.await(() -> trail.state().equals("writing"));
            failing.set(true);
            Served.await(() -> failures.get() > MANY_ROUNDS || trail.hasEnded());
            failing.set(false);

            trail.record(AuditEvent.of(Instant.EPOCH, "test"));
            trail.close();

            assertThat(lines(folder, "\"test\"")).isEqualTo(2);
            assertThat(trail.lost()).isZero();
            assertThat(log.containing("failed to hand events to the log")).hasSize(1);
            assertThat(log.containing("failed to sum up")).hasSize(1);
        }
    }

    private static ServerClock withoutTime(AtomicBoolean failing, AtomicInteger failures) {
        ManualClock clock = new ManualClock();
        return new ServerClock() {
            @Override
            public Instant wallTime() {
                return clock.wallTime();
            }

            @Override
            public long nanoTime() {
                if (failing.get()) {
                    failures.incrementAndGet();
                    throw new IllegalStateException("for a test");
                }
                return clock.nanoTime();
            }
        };
    }

    private static ServerClock failingOnce(AtomicBoolean failing) {
        ManualClock clock = new ManualClock();
        return new ServerClock() {
            @Override
            public Instant wallTime() {
                if (failing.getAndSet(false)) {
                    throw new OutOfMemoryError("for a test");
                }
                return clock.wallTime();
            }

            @Override
            public long nanoTime() {
                return clock.nanoTime();
            }
        };
    }

    private AuditTrail trail(ServerClock clock, Duration patience) {
        return new AuditTrail(new AuditSettings(folder, LogLimits.keepingAll(1 << 20)), clock, LONG_PAUSE, patience);
    }

    private static AuditTrail trail(Path directory, Duration pause) {
        return new AuditTrail(
                new AuditSettings(directory, LogLimits.keepingAll(1 << 20)), new ManualClock(), pause, PATIENCE);
    }

    private static long lines(Path log, String text) throws IOException {
        try (Stream<String> lines = Files.lines(log.resolve("audit-00000001.jsonl"))) {
            return lines.filter(line -> line.contains(text)).count();
        }
    }
}
