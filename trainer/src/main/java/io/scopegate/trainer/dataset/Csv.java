package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values after RFC 4180: a quoted field may hold commas, line ends and doubled quotes. A quote anywhere
 * else is refused, since whoever takes it for an opening one reads the rows behind it as one field.
 */
final class Csv {

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final Path file;
    private final String text;
    private final List<Row> rows = new ArrayList<>();
    private List<String> row = new ArrayList<>();
    private int rowFrom = 1;
    private final StringBuilder field = new StringBuilder();
    private Place place = Place.BEGIN;
    private int line = 1;
    private int quotedFrom;

    /**
     * One row.
     *
     * @param file that it is in
     * @param line that it begins in, from 1
     * @param fields at least one
     */
    record Row(Path file, int line, List<String> fields) {
        Row {
            fields = List.copyOf(fields);
        }

        /**
         * A field.
         *
         * @param needed how many a row of its file has to have
         * @throws IOException in one line with file, line and both numbers, if the row ends before this field
         */
        String field(int at, int needed) throws IOException {
            if (at >= fields.size()) {
                throw wrong("at least %d fields, not %d".formatted(needed, fields.size()));
            }
            return fields.get(at);
        }

        /**
         * Where a header has a column.
         *
         * @return -1 if it has none
         * @throws IOException in one line with the file, if it has two: which of them is meant, nobody knows
         */
        int column(String name) throws IOException {
            int at = fields.indexOf(name);
            if (at != fields.lastIndexOf(name)) {
                throw wrong("header: one column %s, found %s".formatted(name, fields));
            }
            return at;
        }

        /** Behind a comma that should have been quoted, every field is taken for that of the next column. */
        private void requireNoMoreThan(Row header) throws IOException {
            int columns = header.fields.size();
            if (fields.stream().skip(columns).anyMatch(field -> !field.isBlank())) {
                throw wrong(
                        "at most %d fields, as many as the header has, not %d; a comma in a field needs quotes around it"
                                .formatted(columns, fields.size()));
            }
        }

        /**
         * The path that a field names, relative to the folder that the CSV file is in.
         *
         * @throws IOException in one line with file and line, if this system has no such paths
         */
        Path beside(String name) throws IOException {
            try {
                return file.resolveSibling(name);
            } catch (InvalidPathException e) {
                throw wrong("file: a path of this system, not %s (%s)".formatted(name, e.getReason()));
            }
        }

        /** What to throw for a row that says something wrong; one line with file and line. */
        IOException wrong(String complaint) {
            return new IOException("%s: CSV: line %d: %s".formatted(file, line, complaint));
        }
    }

    private enum Place {
        /** Of a field. */
        BEGIN,
        PLAIN,
        QUOTED,
        /** Behind a quote in a quoted field: the closing one, unless another one follows. */
        CLOSED
    }

    private Csv(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * The rows, the first of which is the header; blank lines are left out, and so is a byte order mark.
     *
     * @throws IOException in one line that names the file: it is not there or not in UTF-8; or, with the line, it has a
     *     quote that neither encloses a field nor is doubled, or more in a row than the header has columns
     */
    static List<Row> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no such file");
        }
        try {
            String text = Files.readString(file);
            return new Csv(file, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).rows();
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": not in UTF-8", e);
        }
    }

    private List<Row> rows() throws IOException {
        for (int k = 0; k < text.length(); k++) {
            take(text.charAt(k));
        }
        if (place == Place.QUOTED) {
            throw wrong(quotedFrom, "one that is never closed");
        }
        endRow();
        for (Row each : rows) {
            each.requireNoMoreThan(rows.getFirst());
        }
        return rows;
    }

    private void take(char c) throws IOException {
        if (c == '"') {
            quote();
        } else if (place == Place.QUOTED) {
            field.append(c);
        } else {
            unquoted(c);
        }
        line += c == '\n' ? 1 : 0;
    }

    private void quote() throws IOException {
        switch (place) {
            case BEGIN -> {
                place = Place.QUOTED;
                quotedFrom = line;
            }
            case PLAIN -> throw wrong(line, "a single one in the middle");
            case QUOTED -> place = Place.CLOSED;
            case CLOSED -> {
                field.append('"');
                place = Place.QUOTED;
            }
        }
    }

    private void unquoted(char c) throws IOException {
        switch (c) {
            case ',' -> endField();
            case '\n' -> endRow();
            case '\r' -> {}
            default -> plain(c);
        }
    }

    private void plain(char c) throws IOException {
        if (place == Place.CLOSED) {
            throw wrong(line, "one that closes it before its end");
        }
        field.append(c);
        place = Place.PLAIN;
    }

    private IOException wrong(int where, String quote) {
        return new IOException("%s: CSV: line %d: quotes around a whole field, doubled within it, not %s"
                .formatted(file, where, quote));
    }

    private void endField() {
        row.add(field.toString());
        field.setLength(0);
        place = Place.BEGIN;
    }

    private void endRow() {
        endField();
        if (row.size() > 1 || !row.getFirst().isEmpty()) {
            rows.add(new Row(file, rowFrom, row));
        }
        row = new ArrayList<>();
        // The line that ends here is counted after its last character.
        rowFrom = line + 1;
    }
}
