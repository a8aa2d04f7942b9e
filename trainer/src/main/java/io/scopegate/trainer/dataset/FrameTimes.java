package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The times at which frames were taken, in seconds since the beginning of their recording.
 *
 * @param secondsOfFile times by absolute path
 */
public record FrameTimes(Map<Path, Double> secondsOfFile) {

    /** No times at all. */
    public static final FrameTimes NONE = new FrameTimes(Map.of());

    public FrameTimes {
        secondsOfFile = Map.copyOf(secondsOfFile);
    }

    /**
     * Reads the columns {@code file} and {@code seconds} of a CSV file. Other columns, and rows without seconds, are
     * ignored.
     *
     * @param csv CSV file; paths in its column {@code file} are relative to its folder
     * @throws IOException if the file cannot be read, lacks a column or has it twice, or has a time that is not a
     *     number from 0 up or two different times for a frame
     */
    public static FrameTimes read(Path csv) throws IOException {
        return readIfTimed(csv).orElseThrow(() -> new IOException(csv + ": header: columns file and seconds"));
    }

    /** Reads the times of a CSV file like {@link #read}, but returns none if the file lacks one of the columns. */
    public static FrameTimes readIfPresent(Path csv) throws IOException {
        return readIfTimed(csv).orElse(NONE);
    }

    /** Returns only the times of these frames, since a list may also have times of frames without a label. */
    public FrameTimes of(List<LabelledFrame> frames) {
        Map<Path, Double> times = new HashMap<>();
        frames.forEach(frame -> seconds(frame.file()).ifPresent(at -> times.put(absolute(frame.file()), at)));
        return new FrameTimes(times);
    }

    /** Returns these times and others; for a frame in both, the other time counts. */
    public FrameTimes and(FrameTimes others) {
        Map<Path, Double> times = new HashMap<>(secondsOfFile);
        times.putAll(others.secondsOfFile);
        return new FrameTimes(times);
    }

    private static Optional<FrameTimes> readIfTimed(Path csv) throws IOException {
        List<Csv.Row> rows = Csv.read(csv);
        int fileAt = rows.isEmpty() ? -1 : rows.getFirst().column("file");
        int secondsAt = rows.isEmpty() ? -1 : rows.getFirst().column("seconds");
        if (fileAt < 0 || secondsAt < 0) {
            return Optional.empty();
        }
        Map<Path, Double> times = new HashMap<>();
        for (Csv.Row row : rows.subList(1, rows.size())) {
            List<String> fields = row.fields();
            if (fields.size() > Math.max(fileAt, secondsAt)
                    && !fields.get(secondsAt).isBlank()) {
                double seconds = seconds(row, fields.get(secondsAt));
                Double earlier = times.putIfAbsent(absolute(row.beside(fields.get(fileAt))), seconds);
                if (earlier != null && earlier != seconds) {
                    throw row.wrong(
                            "seconds: one time for %s, not %s and %s".formatted(fields.get(fileAt), earlier, seconds));
                }
            }
        }
        return Optional.of(new FrameTimes(times));
    }

    private static double seconds(Csv.Row row, String text) throws IOException {
        try {
            double seconds = Double.parseDouble(text);
            if (seconds >= 0 && Double.isFinite(seconds)) {
                return seconds;
            }
        } catch (NumberFormatException notANumber) {
            // Falls through to the exception below.
        }
        throw row.wrong("seconds: a number from 0, not " + text);
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }

    /** Returns the time at which a frame was taken; empty if it is unknown. */
    public Optional<Double> seconds(Path file) {
        return Optional.ofNullable(secondsOfFile.get(absolute(file)));
    }
}
