package io.scopegate.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.audit.AuditVerification;
import io.scopegate.audit.AuditVerification.Broken;
import io.scopegate.audit.AuditVerification.Whole;
import io.scopegate.audit.LogLimits;
import io.scopegate.server.testing.LogLines;
import io.scopegate.server.testing.ManualClock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Removes, moves or replaces the file or folder that the audit log writes to. Writes to the open file still succeed
 * then, so the log has to check whether the file is still in its place.
 */
class LostFileTest {

    private static final int ROOM_FOR_THREE_LINES = 750;

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private Path log = Path.of("");
    private AuditTrail trail = new AuditTrail(new AuditSettings(null, LogLimits.keepingAll(1)), clock);

    @BeforeEach
    void begin() {
        log = folder.resolve("log");
        trail = trail(1 << 20);
        write(2);
    }

    private AuditTrail trail(long fileBytes) {
        return new AuditTrail(
                new AuditSettings(log, LogLimits.keepingAll(fileBytes)), clock, Duration.ZERO, Duration.ZERO);
    }

    private void write(int events) {
        for (int i = 0; i < events; i++) {
            assertThat(trail.write(List.of(trail.event("test")))).isTrue();
        }
    }

    @Test
    void aRemovedFileIsFollowedByAnotherOfItsChainThatSaysSo() throws IOException {
        Files.delete(file(1));
        clock.advance(Duration.ofSeconds(1));

        write(1);

        assertThat(Files.readString(file(2)))
                .contains("\"seq\":3,\"line\":1,")
                .contains("\"file-lost\",\"details\":{\"file\":\"audit-00000001.jsonl\"}")
                .contains("\"events-lost\",\"details\":{\"sinceStart\":\"2\"}")
                .contains("\"test\"");
        assertThat(trail.lost()).isEqualTo(2);
        assertThat(trail.isWriting()).isTrue();
        assertThat(AuditVerification.of(log))
                .isInstanceOfSatisfying(
                        Whole.class, whole -> assertThat(whole.firstSequence()).isEqualTo(3));
    }

    @Test
    void theServersLogNamesWhatIsGoneAndWhatIsThereInstead() throws IOException {
        try (LogLines lines = new LogLines(AuditLog.class)) {
            Files.copy(file(1), folder.resolve("copy"));
            Files.delete(file(1));
            clock.advance(Duration.ofSeconds(1));
            write(1);
            Files.move(folder.resolve("copy"), file(2), StandardCopyOption.REPLACE_EXISTING);
            clock.advance(Duration.ofSeconds(1));
            write(1);
            Files.delete(log.resolve("audit.lock"));
            clock.advance(Duration.ofSeconds(1));
            write(1);

            assertThat(lines.containing("reopening the audit log"))
                    .containsExactly(
                            file(1) + ": expected the file that was opened, found none; reopening the audit log",
                            file(2) + ": expected the file that was opened, found another one; reopening the audit log",
                            log.toRealPath().resolve("audit.lock")
                                    + ": expected the file that was opened, found none; reopening the audit log");
        }
    }

    @Test
    void aFileThatIsRemovedIsNoticedThoughNothingHappens() throws IOException {
        Files.delete(file(1));
        clock.advance(Duration.ofSeconds(1));

        trail.write(List.of());

        assertThat(trail.lost()).isEqualTo(2);
        assertThat(file(2)).exists();
    }

    @Test
    void theFilesAreNotLookedForMoreThanOnceASecond() throws IOException {
        clock.advance(Duration.ofSeconds(1));
        write(1);
        Files.delete(file(1));
        clock.advance(Duration.ofMillis(999));

        write(1);

        assertThat(trail.lost()).isZero();
        clock.advance(Duration.ofMillis(1));
        write(1);
        assertThat(trail.lost()).isEqualTo(4);
    }

    @Test
    void theGapBehindEarlierFilesBreaksTheChain() throws IOException {
        log = folder.resolve("other");
        trail = trail(ROOM_FOR_THREE_LINES);
        write(7);
        Files.delete(file(3));
        clock.advance(Duration.ofSeconds(1));

        write(1);

        assertThat(trail.lost()).isOne();
        assertThat(AuditVerification.of(log)).isEqualTo(new Broken(file(4), 1, "seq: 7, not 8"));
    }

    @Test
    void aFolderThatIsMovedIsMadeAnewAndItsLockTakenAnew() throws IOException {
        Files.move(log, folder.resolve("aside"));
        clock.advance(Duration.ofSeconds(1));

        write(1);

        assertThat(Files.readString(file(2))).contains("\"file-lost\"");
        assertLocked();
    }

    @Test
    void removedLockIsTakenAgainAndTheFileContinued() throws IOException {
        Files.delete(log.resolve("audit.lock"));
        clock.advance(Duration.ofSeconds(1));

        write(1);

        assertThat(trail.lost()).isZero();
        assertThat(AuditVerification.of(log))
                .isInstanceOfSatisfying(
                        Whole.class, whole -> assertThat(whole.lines()).isEqualTo(3));
        assertLocked();
    }

    /** Checked last: closing this channel drops the lock that the process holds. */
    private void assertLocked() throws IOException {
        try (FileChannel lock = FileChannel.open(log.resolve("audit.lock"), StandardOpenOption.WRITE)) {
            assertThatThrownBy(lock::tryLock).isInstanceOf(OverlappingFileLockException.class);
        }
    }

    @Test
    void logIsNotWritingUntilANewFileCanContinueTheChain() throws IOException {
        Files.move(log, folder.resolve("aside"));
        Files.writeString(log, "");
        clock.advance(Duration.ofSeconds(1));

        assertThat(trail.write(List.of(trail.event("test")))).isFalse();

        assertThat(trail.isWriting()).isFalse();
        assertThat(trail.lost()).isOne();
        Files.delete(log);
        write(1);
        assertThat(Files.readString(file(2))).contains("\"seq\":3,\"line\":1,");
        assertThat(trail.lost()).isEqualTo(3);
    }

    @Test
    void fileReplacedByItsCopyIsContinued() throws IOException {
        Path copy = Files.copy(file(1), folder.resolve("copy"));
        Files.delete(file(1));
        Files.move(copy, file(1));
        clock.advance(Duration.ofSeconds(1));

        write(1);

        assertThat(trail.lost()).isZero();
        assertThat(AuditVerification.of(log))
                .isInstanceOfSatisfying(
                        Whole.class, whole -> assertThat(whole.lines()).isEqualTo(3));
    }

    private Path file(int number) {
        return log.resolve("audit-0000000" + number + ".jsonl");
    }
}
