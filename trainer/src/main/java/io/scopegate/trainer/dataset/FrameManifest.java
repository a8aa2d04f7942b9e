package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads frames from a CSV file with the columns {@code file}, {@code label} and {@code group}; others are ignored. */
public final class FrameManifest {

    private FrameManifest() {}

    /**
     * Reads the list. Rows with another label than {@code inbody} and {@code outbody} are skipped and counted.
     *
     * @param csv CSV file; paths in its column {@code file} are relative to its folder
     * @throws IOException if the file cannot be read, lacks a column or has it twice, has a row that is too short,
     *     names a picture that does not exist or that an earlier row names, or lists no frame
     */
    public static FrameSet read(Path csv) throws IOException {
        List<Csv.Row> rows = Csv.read(csv);
        if (rows.isEmpty()) {
            throw new IOException(csv + ": a header with file, label and group, found an empty file");
        }
        Columns columns = Columns.of(csv, rows.getFirst());
        List<LabelledFrame> frames = new ArrayList<>();
        Set<Path> listed = new HashSet<>();
        int skipped = 0;
        for (Csv.Row row : rows.subList(1, rows.size())) {
            Optional<Label> label = Label.of(columns.label(row));
            if (label.isPresent()) {
                Path file = columns.file(row);
                if (!listed.add(file.toAbsolutePath().normalize())) {
                    throw row.wrong("a row for each picture, not two for " + file);
                }
                String group = columns.group(row);
                frames.add(new LabelledFrame(file, label.get(), group, !group.isBlank()));
            } else {
                skipped++;
            }
        }
        return FrameSet.requireFrames(new FrameSet(frames, skipped), csv);
    }

    private record Columns(int fileAt, int labelAt, int groupAt) {

        static Columns of(Path csv, Csv.Row header) throws IOException {
            return new Columns(at(csv, header, "file"), at(csv, header, "label"), at(csv, header, "group"));
        }

        private static int at(Path csv, Csv.Row header, String name) throws IOException {
            int at = header.column(name);
            if (at < 0) {
                throw new IOException(csv + ": header: a column " + name + ", found " + header.fields());
            }
            return at;
        }

        Path file(Csv.Row row) throws IOException {
            Path file = row.beside(value(row, fileAt)).normalize();
            if (!Files.isRegularFile(file)) {
                throw row.wrong(MissingFile.text(file));
            }
            return file;
        }

        String label(Csv.Row row) throws IOException {
            return value(row, labelAt);
        }

        String group(Csv.Row row) throws IOException {
            return value(row, groupAt);
        }

        private String value(Csv.Row row, int at) throws IOException {
            return row.field(at, Math.max(fileAt, Math.max(labelAt, groupAt)) + 1);
        }
    }
}
