package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When frames were taken, in seconds since the begin of their recording.
 *
 * @param secondsOfFile by absolute path
 */
public record FrameTimes(Map<Path, Double> secondsOfFile) {

    /** No time is known. */
    public static final FrameTimes NONE = new FrameTimes(Map.of());

    public FrameTimes {
        secondsOfFile = Map.copyOf(secondsOfFile);
    }

    /**
     * Reads the columns {@code file} and {@code seconds} of a CSV file; others are ignored, and so are rows without
     * seconds.
     *
     * @param csv its {@code file} column is relative to the folder that it is in
     * @throws IOException if it cannot be read, lacks a column or has it twice, has seconds that are no number or two times for a frame
     */
    public static FrameTimes read(Path csv) throws IOException {
        return readIfTimed(csv).orElseThrow(() -> new IOException(csv + ": header: columns file and seconds"));
    }

    /** The times of a CSV file; none if it lacks one of the columns. */
    public static FrameTimes readIfPresent(Path csv) throws IOException {
        return readIfTimed(csv).orElse(NONE);
    }

    /** Of these frames alone: a list may time others, which it has no label of. */
    public FrameTimes of(List<LabelledFrame> frames) {
        Map<Path, Double> times = new HashMap<>();
        frames.forEach(frame -> seconds(frame.file()).ifPresent(at -> times.put(absolute(frame.file()), at)));
        return new FrameTimes(times);
    }

    /** Of these frames, and those of another list. */
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
            // Falls through to the complaint.
        }
        throw row.wrong("seconds: a number from 0, not " + text);
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }

    /** When this frame was taken; empty if that is not known. */
    public Optional<Double> seconds(Path file) {
        return Optional.ofNullable(secondsOfFile.get(absolute(file)));
    }
}
