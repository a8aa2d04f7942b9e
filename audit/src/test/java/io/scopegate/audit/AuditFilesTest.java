package io.scopegate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scopegate.audit.AuditVerification.Broken;
import io.scopegate.audit.AuditVerification.Whole;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes logs, harms their files as crashes, operators and forgers may, and then verifies them or writes on. */
class AuditFilesTest {

    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final long LARGE = 1 << 20;
    private static final long MORE_THAN_AN_ARRAY_HOLDS = 3L << 30;

    /** A log in an older format, in which lines are not numbered within their file. */
    private static final String WITHOUT_NUMBER =
            """
            {"seq":1,"time":"2026-11-25T10:00:00Z","event":"test","details":{},"previous":"%s","hash":"%s"}
            """.formatted(ChainLink.START, "aba22d05942b3340bff62332a0289b2d26f8cfef53f1611c79704a4df2c2a102");

    @TempDir
    Path folder;

    @Test
    void writtenLogIsAWholeChainWithTheLastHashAsHead() throws IOException {
        String head = write(LARGE, 3);

        assertThat(AuditVerification.of(folder)).isEqualTo(new Whole(1, 3, 1, head));
    }

    @Test
    void reopenedLogContinuesItsChain() throws IOException {
        write(LARGE, 3);
        String head = write(LARGE, 2);

        assertThat(AuditVerification.of(folder)).isEqualTo(new Whole(1, 5, 1, head));
    }

    @Test
    void aFullFileIsFollowedByAnotherOfTheSameChain() throws IOException {
        String head = write(700, 10);

        assertThat(files()).hasSizeGreaterThan(2);
        for (Path file : files()) {
            assertThat(Files.size(file)).isLessThanOrEqualTo(700);
        }
        assertThat(AuditVerification.of(folder)).isEqualTo(new Whole(files().size(), 10, 1, head));
    }

    @Test
    void eventsOfALostFileAreCountedWhenItsRecordFailsFirst() throws IOException {
        LogPosition reached;
        try (AuditFiles log = AuditFiles.open(folder, LogLimits.keepingAll(LARGE), NOW)) {
            log.write(List.of(AuditEvent.of(NOW, "test"), AuditEvent.of(NOW, "test")));
            reached = log.reached();
        }
        Files.delete(files().getFirst());
        assertThatThrownBy(() -> AuditFiles.open(folder, LogLimits.keepingAll(LARGE), NOW, reached, channel -> {
                    // An interrupt leaves the channel closed, too.
                    channel.close();
                    throw new IOException("Input/output error");
                }))
                .hasMessage("Input/output error");
        assertThat(files()).isEmpty();

        try (AuditFiles log = AuditFiles.open(folder, LogLimits.keepingAll(LARGE), NOW, reached)) {
            assertThat(log.lost()).isEqualTo(2);
        }
        assertThat(Files.readString(files().getFirst())).contains("\"file-lost\"");
    }

    @Test
    void earlierFilesMayBePutAway() throws IOException {
        write(700, 10);
        Files.delete(files().getFirst());

        assertThat(AuditVerification.of(folder))
                .isInstanceOfSatisfying(
                        Whole.class, whole -> assertThat(whole.firstSequence()).isGreaterThan(1));
    }

    @Test
    void oldestFilesAreRetiredAndRecorded() throws IOException {
        write(700, 10);
        List<Path> all = files();

        String head = write(new LogLimits(700, 2), 10);

        assertThat(files()).hasSize(2).doesNotContainAnyElementsOf(all);
        assertThat(Files.readString(files().getFirst()) + Files.readString(files().getLast()))
                .contains("\"event\":\"file-retired\"");
        assertThat(AuditVerification.of(folder)).isInstanceOfSatisfying(Whole.class, whole -> {
            assertThat(whole.head()).isEqualTo(head);
            assertThat(whole.firstSequence()).isGreaterThan(10);
        });
    }

    @Test
    void aFileIsNamedBeforeItGoesAndOnlyTheOldestGo() throws IOException {
        write(700, 10);
        List<Path> all = files();

        try (AuditFiles log = AuditFiles.open(folder, new LogLimits(700, all.size()), NOW)) {
            while (files().getLast().equals(all.getLast())) {
                log.write(List.of(event(1)));
            }
        }

        assertThat(files()).startsWith(all.get(1)).hasSize(all.size());
        assertThat(Files.readString(files().getLast()))
                .startsWith("{\"seq\":")
                .contains("\"file-retired\",\"details\":{\"file\":\""
                        + all.getFirst().getFileName() + "\"}");
    }

    @Test
    void linesOfItsOwnDoNotCountAsEventsThatWereTaken() throws IOException {
        try (AuditFiles log = AuditFiles.open(folder, new LogLimits(700, 2), NOW)) {
            for (int i = 1; i <= 10; i++) {
                log.write(List.of(event(i)));

                assertThat(log.taken()).isEqualTo(i);
            }
        }
        assertThat(files()).doesNotContain(folder.resolve("audit-00000001.jsonl"));
    }

    @Test
    void aFileThatCannotBeRemovedStaysWithThoseBehindItAndTheLogSaysWhy() throws IOException {
        write(700, 10);
        Path first = files().getFirst();
        byte[] content = Files.readAllBytes(first);
        Files.delete(first);
        Files.createDirectories(first.resolve("in the way"));
        List<Path> all = files();

        write(new LogLimits(700, 2), 10);

        assertThat(files()).containsAll(all);
        assertThat(Files.readString(files().getLast())).contains("\"event\":\"file-not-removed\"");
        Files.delete(first.resolve("in the way"));
        Files.delete(first);
        Files.write(first, content);
        assertThat(AuditVerification.of(folder))
                .isInstanceOfSatisfying(
                        Whole.class, whole -> assertThat(whole.firstSequence()).isOne());

        write(new LogLimits(700, 2), 10);

        assertThat(files()).hasSize(2);
        assertThat(AuditVerification.of(folder)).isInstanceOf(Whole.class);
    }

    @Test
    void logAfterTwoCrashesIsWholeWithoutItsFirstFile() throws IOException {
        write(LARGE, 2);
        tear(files().getFirst());
        Files.writeString(folder.resolve("audit-00000002.jsonl"), "{\"seq\":3,\"ti");
        write(LARGE, 1);
        assertThat(AuditVerification.of(folder)).isInstanceOf(Whole.class);

        Files.delete(files().getFirst());

        assertThat(AuditVerification.of(folder)).isInstanceOf(Whole.class);
    }

    @Test
    void remainsInFrontOfTheFirstLineCannotBeChangedWhereNoFileWasPutAway() throws IOException {
        Path first = folder.resolve("audit-00000001.jsonl");
        Files.writeString(first, "{\"seq\":1,\"ti");
        write(LARGE, 1);
        assertThat(AuditVerification.of(folder)).isInstanceOf(Whole.class);

        Files.writeString(first, "{\"seq\":1,\"to");

        assertThat(AuditVerification.of(folder))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.reason()).startsWith("remainsSha256: "));
    }

    @Test
    void tornLineRecordDoesNotCountAsATakenEvent() throws IOException {
        write(LARGE, 2);
        tear(files().getFirst());

        try (AuditFiles log = AuditFiles.open(folder, LogLimits.keepingAll(LARGE), NOW)) {
            assertThat(log.taken()).isZero();
        }
    }

    @Test
    void fewerThanTwoFilesAreNoLimit() {
        assertThatThrownBy(() -> new LogLimits(LARGE, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("files: at least 2, not 1");
    }

    @Test
    void aFileThatIsMissingInBetweenBreaksTheChain() throws IOException {
        write(700, 10);
        Files.delete(files().get(1));
        Path third = files().get(1);

        assertThat(AuditVerification.of(folder)).isInstanceOfSatisfying(Broken.class, broken -> {
            assertThat(broken.file()).isEqualTo(third);
            assertThat(broken.line()).isOne();
            assertThat(broken.reason()).startsWith("seq: ");
        });
    }

    @Test
    void theFirstFileBeginsWithTheFirstLine() throws IOException {
        write(LARGE, 4);
        Path file = files().getFirst();
        List<String> lines = Files.readAllLines(file);

        Files.write(file, lines.subList(2, 4));

        assertThat(AuditVerification.of(folder)).isEqualTo(new Broken(file, 1, "seq: 1, not 3"));
    }

    @Test
    void linesThatWereCutOffTheFrontOfALaterFileAreFoundThoughTheEarlierOnesWerePutAway() throws IOException {
        write(700, 10);
        Files.delete(files().getFirst());
        Path file = files().getFirst();
        List<String> lines = Files.readAllLines(file);
        assertThat(AuditVerification.of(folder)).isInstanceOf(Whole.class);

        Files.write(file, lines.subList(1, lines.size()));

        assertThat(AuditVerification.of(folder)).isEqualTo(new Broken(file, 1, "line: 1, not 2"));
    }

    @Test
    void unnumberedLogContinuesInANewFileAndIsWhole() throws IOException {
        Path unnumbered = folder.resolve("audit-00000001.jsonl");
        Files.writeString(unnumbered, WITHOUT_NUMBER);
        assertThat(AuditVerification.of(folder)).isEqualTo(new Whole(1, 1, 1, hash(WITHOUT_NUMBER.stripTrailing())));

        String head = write(LARGE, 2);

        assertThat(unnumbered).hasContent(WITHOUT_NUMBER);
        assertThat(AuditVerification.of(folder)).isEqualTo(new Whole(2, 3, 1, head));
    }

    @Test
    void emptyFileIsContinuedFromItsFirstLine() throws IOException {
        write(LARGE, 2);
        Files.createFile(folder.resolve("audit-00000002.jsonl"));

        String head = write(LARGE, 1);

        assertThat(AuditVerification.of(folder)).isEqualTo(new Whole(2, 3, 1, head));
    }

    @Test
    void anyChangedByteBreaksItsLine() throws IOException {
        write(LARGE, 3);
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);

        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            Files.write(file, changed);
            assertThat(AuditVerification.of(folder)).as("byte %d", i).isInstanceOf(Broken.class);
        }
    }

    @Test
    void aRemovedLineAndSwappedOnesAreFoundAndNamed() throws IOException {
        write(LARGE, 4);
        Path file = files().getFirst();
        List<String> lines = Files.readAllLines(file);

        Files.write(file, List.of(lines.get(0), lines.get(2), lines.get(3)));
        assertThat(AuditVerification.of(folder)).isEqualTo(new Broken(file, 2, "seq: 2, not 3"));

        Files.write(file, List.of(lines.get(1), lines.get(0), lines.get(2), lines.get(3)));
        assertThat(AuditVerification.of(folder)).isEqualTo(new Broken(file, 1, "seq: 1, not 2"));
    }

    @Test
    void aLineThatWasForgedWithItsHashIsFoundByTheNext() throws IOException {
        write(LARGE, 3);
        Path file = files().getFirst();
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(1, ChainLink.write(2, 2, hash(lines.get(0)), event(99)).stripTrailing());

        Files.write(file, lines);

        assertThat(AuditVerification.of(folder)).isInstanceOfSatisfying(Broken.class, broken -> {
            assertThat(broken.line()).isEqualTo(3);
            assertThat(broken.reason()).startsWith("previous: ");
        });
    }

    @Test
    void tornLineIsRecordedInTheNextFileAndTheChainContinues() throws IOException {
        write(LARGE, 2);
        tear(files().getLast());
        assertThat(Verifier.of(folder, () -> {})).isInstanceOf(Broken.class);

        String head = write(LARGE, 1);

        assertThat(AuditVerification.of(folder)).isEqualTo(new Whole(2, 4, 1, head));
    }

    @Test
    void aLineThatIsWrittenInPartAtTheFirstLookIsWholeAtTheSecond() throws IOException {
        String head = write(LARGE, 2);
        byte[] whole = Files.readAllBytes(files().getLast());
        Files.write(files().getLast(), Arrays.copyOf(whole, whole.length - 30));

        assertThat(Verifier.of(folder, () -> rewrite(whole))).isEqualTo(new Whole(1, 2, 1, head));
    }

    private void rewrite(byte[] content) {
        try {
            Files.write(files().getLast(), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theStartOfALineAloneIsABrokenLog() throws IOException {
        tear(folder.resolve(LogFiles.next(folder, files())));

        assertThat(Verifier.of(folder, () -> {})).isInstanceOf(Broken.class);
    }

    @Test
    void aSecondCrashWhileTheFirstIsNamedIsNamedToo() throws IOException {
        write(LARGE, 2);
        tear(files().getLast());
        Files.writeString(LogFiles.next(folder, files()), "{\"seq\":3,");

        String head = write(LARGE, 1);

        assertThat(AuditVerification.of(folder)).isEqualTo(new Whole(3, 4, 1, head));
    }

    /** Some languages write numbers with other digits, and Turkish has other upper-case letters. */
    @ParameterizedTest
    @ValueSource(strings = {"ar-EG-u-nu-arab", "fa-IR", "th-TH-u-nu-thai", "tr-TR"})
    void logContinuesUnderANonLatinDefaultLocale(String language) throws IOException {
        Locale machine = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            write(700, 5);
            String head = write(700, 5);

            assertThat(AuditVerification.of(folder)).isEqualTo(new Whole(files().size(), 10, 1, head));
            assertThat(files()).hasSizeGreaterThan(2);
        } finally {
            Locale.setDefault(machine);
        }
    }

    @Test
    void logContinuesAfterAFileLargerThanTwoGibibytes() throws IOException {
        write(LARGE, 2);
        Path file = files().getFirst();
        String last = Files.readAllLines(file).getLast();
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.seek(MORE_THAN_AN_ARRAY_HOLDS);
            sparse.write(("\n" + last + "\n").getBytes(StandardCharsets.UTF_8));
        }

        write(LARGE, 1);

        assertThat(Files.readString(files().getLast()))
                .startsWith("{\"seq\":3,")
                .contains("\"previous\":\"" + hash(last) + "\"");
    }

    @Test
    void oversizedLineOfALargeFileBreaksTheLog() throws IOException {
        write(LARGE, 2);
        Path file = files().getFirst();
        long written = Files.size(file);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.seek(MORE_THAN_AN_ARRAY_HOLDS);
            sparse.write('\n');
        }

        assertThat(AuditVerification.of(folder))
                .isEqualTo(new Broken(
                        file,
                        3,
                        "at most 1048576 bytes with its line break, not " + (MORE_THAN_AN_ARRAY_HOLDS + 1 - written)));
    }

    @Test
    void remainsThatAreLongerThanAnyLineAreAccountedForToo() throws IOException {
        write(LARGE, 2);
        Files.writeString(files().getLast(), "x".repeat(3 * ChainLink.MOST_BYTES), StandardOpenOption.APPEND);

        String head = write(LARGE, 1);

        assertThat(AuditVerification.of(folder)).isEqualTo(new Whole(2, 4, 1, head));
    }

    @Test
    void aLineAndItsRemainsMayBeOfAnyLengthBesideThatOfABlock() throws IOException {
        for (int length : List.of(0, 1, 8_191, 8_192, 8_193, 20_000)) {
            try (AuditFiles log = AuditFiles.open(folder, LogLimits.keepingAll(LARGE), NOW)) {
                log.write(List.of(AuditEvent.of(NOW, "test").with("text", "\u00e4".repeat(length))));
            }
            Files.writeString(files().getLast(), "x".repeat(length), StandardOpenOption.APPEND);
        }
        String head = write(LARGE, 1);

        assertThat(AuditVerification.of(folder))
                .isInstanceOfSatisfying(
                        Whole.class, whole -> assertThat(whole.head()).isEqualTo(head));
    }

    @Test
    void theLongestLineIsWrittenAndReadAgainAndALongerOneIsNot() throws IOException {
        int rest = ChainLink.write(1, 1, ChainLink.START, text(0)).length();
        try (AuditFiles log = AuditFiles.open(folder, LogLimits.keepingAll(LARGE), NOW)) {
            log.write(List.of(text(ChainLink.MOST_BYTES - rest)));

            assertThatThrownBy(() -> log.write(List.of(text(ChainLink.MOST_BYTES - rest + 1))))
                    .isInstanceOf(IOException.class)
                    .hasMessage("test: a line of at most 1048576 bytes, not 1048577");
        }

        String head = write(LARGE, 1);

        assertThat(AuditVerification.of(folder)).isEqualTo(new Whole(2, 2, 1, head));
    }

    @Test
    void logWithAnOversizedLastLineIsNotContinued() throws IOException {
        write(LARGE, 1);
        Files.writeString(files().getLast(), "x".repeat(ChainLink.MOST_BYTES) + "\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> write(LARGE, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "audit-00000001.jsonl: its last line: at most 1048576 bytes with its line break, not more");
    }

    private static AuditEvent text(int length) {
        return AuditEvent.of(NOW, "test").with("text", "x".repeat(length));
    }

    @Test
    void remainsThatWereChangedAfterwardsBreakTheChain() throws IOException {
        write(LARGE, 2);
        Path torn = files().getLast();
        tear(torn);
        write(LARGE, 1);

        Files.writeString(torn, "x", StandardOpenOption.APPEND);

        assertThat(AuditVerification.of(folder))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.reason()).startsWith("remainsSha256: "));
    }

    @Test
    void remainsThatWereRemovedAfterwardsBreakTheChain() throws IOException {
        write(LARGE, 2);
        Path torn = files().getLast();
        byte[] whole = Files.readAllBytes(torn);
        tear(torn);
        write(LARGE, 1);

        Files.write(torn, whole);

        assertThat(AuditVerification.of(folder))
                .isEqualTo(new Broken(files().getLast(), 1, "recovered: the torn line that it names, not none"));
    }

    @Test
    void bytesThatAreNotUtf8BreakTheLineEvenWhereItHeldTheReplacementCharacter() throws IOException {
        try (AuditFiles log = AuditFiles.open(folder, LogLimits.keepingAll(LARGE), NOW)) {
            log.write(List.of(AuditEvent.of(NOW, "test").with("text", "\ufffd")));
        }
        Path file = files().getFirst();
        String whole = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);

        Files.writeString(file, whole.replace("\u00ef\u00bf\u00bd", "\u00ff"), StandardCharsets.ISO_8859_1);

        assertThat(AuditVerification.of(folder)).isInstanceOf(Broken.class);
    }

    @Test
    void aTornLineThatCannotBeNamedYetLeavesNoFileBehindAtEachTry() throws IOException {
        write(LARGE, 2);
        tear(files().getLast());

        // Writing, unlike reading, fails on an interrupted thread.
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> write(LARGE, 1)).isInstanceOf(ClosedByInterruptException.class);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(files()).hasSize(1);
    }

    @Test
    void logWithAForeignLastLineIsNotContinued() throws IOException {
        write(LARGE, 2);
        Files.writeString(files().getLast(), "{}\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> write(LARGE, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("audit-00000001.jsonl: its last line: not a line of an audit log");
    }

    @Test
    void detailsMayHoldAnyText() throws IOException {
        try (AuditFiles log = AuditFiles.open(folder, LogLimits.keepingAll(LARGE), NOW)) {
            log.write(List.of(AuditEvent.of(NOW, "test").with("text", "\"hash\":\"\n\u2028\ud83d\ude00\u0000")));
        }

        assertThat(AuditVerification.of(folder)).isInstanceOf(Whole.class);
        assertThat(Files.readString(files().getFirst(), StandardCharsets.UTF_8)).hasLineCount(1);
    }

    @Test
    void aFolderWithoutALogIsAnErrorAndNotAWholeLog() {
        assertThatThrownBy(() -> AuditVerification.of(folder)).hasMessageContaining("no audit log found");
    }

    private List<Path> files() throws IOException {
        return LogFiles.of(folder);
    }

    private static void tear(Path file) throws IOException {
        Files.writeString(file, "{\"seq\":3,\"time\":\"2026", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String hash(String line) {
        return line.substring(line.length() - 66, line.length() - 2);
    }

    private String write(long fileBytes, int events) throws IOException {
        return write(LogLimits.keepingAll(fileBytes), events);
    }

    private String write(LogLimits limits, int events) throws IOException {
        try (AuditFiles log = AuditFiles.open(folder, limits, NOW)) {
            for (int i = 0; i < events; i++) {
                log.write(List.of(event(i)));
            }
            return log.head();
        }
    }

    private static AuditEvent event(int number) {
        return AuditEvent.of(NOW, "test").with("number", number);
    }
}
