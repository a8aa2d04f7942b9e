package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads one column of a CSV file whose column {@code file} names frames. */
public final class FrameColumn {

    private FrameColumn() {}

    /**
     * Reads the column.
     *
     * @param csv CSV file; paths in its column {@code file} are relative to its folder
     * @param column name of the column
     * @return the column's values, by absolute path of the frame
     * @throws IOException if the file cannot be read, lacks a column or has it twice, a row is too short, or two rows
     *     have different values for a frame
     */
    public static Map<Path, String> read(Path csv, String column) throws IOException {
        List<Csv.Row> rows = Csv.read(csv);
        int fileAt = rows.isEmpty() ? -1 : rows.getFirst().column("file");
        int valueAt = rows.isEmpty() ? -1 : rows.getFirst().column(column);
        if (fileAt < 0 || valueAt < 0) {
            List<String> header = rows.isEmpty() ? List.of() : rows.getFirst().fields();
            throw new IOException(csv + ": header: columns file and " + column + ", found " + header);
        }
        Map<Path, String> values = new HashMap<>();
        int needed = Math.max(fileAt, valueAt) + 1;
        for (Csv.Row row : rows.subList(1, rows.size())) {
            String name = row.field(fileAt, needed);
            String value = row.field(valueAt, needed);
            Path file = row.beside(name).toAbsolutePath().normalize();
            String earlier = values.putIfAbsent(file, value);
            if (earlier != null && !earlier.equals(value)) {
                throw row.wrong("%s: one value for %s, not %s and %s".formatted(column, name, earlier, value));
            }
        }
        return values;
    }
}
