package io.scopegate.trainer.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.trainer.train.EpochReport;
import io.scopegate.trainer.train.StepReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the written events with a decoder of its own, which computes the checksums bit by bit. */
class EventListenerTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void stepsAndEpochsAreScalarsByTheBundlesTags() throws IOException {
        try (EventListener events = new EventListener(folder, CLOCK)) {
            events.step(new StepReport(1, 2, 1, 4, 8.5, 0.5, 0.001, 3, 1));
            events.epoch(new EpochReport(1, 2, 0.7, 0.75, Optional.of(0.25), 0.001, 3));
        }

        assertThat(scalars())
                .containsExactly(
                        "train_loss 1 8.5",
                        "learning_rate 1 0.001",
                        "images_per_second 1 3.0",
                        "train_accu 1 0.75",
                        "val_accu 1 0.25");
    }

    @Test
    void epochWithoutValidationHasNoValidationAccuracy() throws IOException {
        try (EventListener events = new EventListener(folder, CLOCK)) {
            events.epoch(new EpochReport(1, 2, 0.7, 0.75, Optional.empty(), 0.001, 3));
        }

        assertThat(scalars()).isNotEmpty().noneMatch(scalar -> scalar.startsWith("val_accu"));
    }

    @Test
    void eventFileNameDoesNotDependOnTheDefaultLocale() throws IOException {
        Locale machine = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try (EventFile file = EventFile.create(folder, 1, CLOCK)) {
            assertThat(folder).isDirectoryContaining("glob:**events.out.tfevents.1700000000.scopegate");
        } finally {
            Locale.setDefault(machine);
        }
    }

    @Test
    void everyListenerWritesItsOwnFile() throws IOException {
        for (int k = 0; k < 2; k++) {
            try (EventListener events = new EventListener(folder, CLOCK)) {
                events.step(new StepReport(1, 2, k + 1, 4, 8.5, 0.5, 0.001, 3, 1));
            }
        }

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    private List<String> scalars() throws IOException {
        Path file;
        try (Stream<Path> files = Files.list(folder)) {
            file = files.findFirst().orElseThrow();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<String> scalars = new ArrayList<>();
        while (bytes.hasRemaining()) {
            ByteBuffer length = take(bytes, 8);
            assertThat(bytes.getInt()).isEqualTo(maskedCrc(length));
            ByteBuffer event = take(bytes, (int) length.getLong(0));
            assertThat(bytes.getInt()).isEqualTo(maskedCrc(event));
            scalar(event).ifPresent(scalars::add);
        }
        return scalars;
    }

    /**
     * Returns the scalar of an event, or empty if it has none. Field 2 of an event is the step and field 5 the summary;
     * field 1 of a summary is a value, with the tag in field 1 and the number in field 2.
     */
    private static Optional<String> scalar(ByteBuffer event) {
        long step = 0;
        String found = null;
        while (event.hasRemaining()) {
            int key = event.get();
            switch (key) {
                case 2 << 3 -> step = varint(event);
                case 5 << 3 | 2 -> found = value(delimited(event));
                case 1 << 3 | 1 -> assertThat(event.getDouble()).isEqualTo(1.7e9);
                default -> delimited(event);
            }
        }
        return found == null ? Optional.empty() : Optional.of(found.formatted(step));
    }

    private static String value(ByteBuffer summary) {
        assertThat(summary.get()).isEqualTo((byte) (1 << 3 | 2));
        ByteBuffer value = delimited(summary);
        assertThat(value.get()).isEqualTo((byte) (1 << 3 | 2));
        String tag = StandardCharsets.UTF_8.decode(delimited(value)).toString();
        assertThat(value.get()).isEqualTo((byte) (2 << 3 | 5));
        return tag + " %d " + value.getFloat();
    }

    private static ByteBuffer delimited(ByteBuffer message) {
        return take(message, (int) varint(message));
    }

    private static ByteBuffer take(ByteBuffer bytes, int count) {
        ByteBuffer part = bytes.slice(bytes.position(), count).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + count);
        return part;
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    private static int maskedCrc(ByteBuffer bytes) {
        int crc = -1;
        for (int k = 0; k < bytes.limit(); k++) {
            crc ^= bytes.get(k) & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ ((crc & 1) == 1 ? 0x82f63b78 : 0);
            }
        }
        crc = ~crc;
        return Integer.rotateRight(crc, 15) + 0xa282ead8;
    }
}
