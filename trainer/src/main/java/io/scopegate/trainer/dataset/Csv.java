package io.scopegate.trainer.dataset;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads comma-separated values as defined by RFC 4180: a quoted field may contain commas, line breaks and doubled
 * quotes. A quote anywhere else is an error. If it were taken for an opening quote, the rows after it would become one
 * field.
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
     * @param file file that contains the row
     * @param line number of the row's first line, from 1
     * @param fields one or more fields
     */
    record Row(Path file, int line, List<String> fields) {
        Row {
            fields = List.copyOf(fields);
        }

        /**
         * Returns a field.
         *
         * @param at index of the field, from 0
         * @param needed number of fields that a row of this file must have, for the message
         * @throws IOException if the row ends before this field; the one-line message has file, line and both numbers
         */
        String field(int at, int needed) throws IOException {
            if (at >= fields.size()) {
                throw wrong("at least %d fields, not %d".formatted(needed, fields.size()));
            }
            return fields.get(at);
        }

        /**
         * Returns the index of a column in this header.
         *
         * @return -1 if there is no such column
         * @throws IOException if there are several, since it is unknown which one is meant; the one-line message has
         *     the file
         */
        int column(String name) throws IOException {
            int at = fields.indexOf(name);
            if (at != fields.lastIndexOf(name)) {
                throw wrong("header: one column %s, found %s".formatted(name, fields));
            }
            return at;
        }

        /**
         * Checks that the row has no more fields than the header; empty ones at the end do not count. Too many fields
         * indicate an unquoted comma, which shifts all fields after it by one column.
         */
        private void requireNoMoreThan(Row header) throws IOException {
            int columns = header.fields.size();
            if (fields.stream().skip(columns).anyMatch(field -> !field.isBlank())) {
                throw wrong(
                        "at most %d fields, as many as the header has, not %d; a comma in a field needs quotes around it"
                                .formatted(columns, fields.size()));
            }
        }

        /**
         * Returns the path that a field names, relative to the CSV file's folder.
         *
         * @throws IOException if the name is not a valid path on this system; the one-line message has file and line
         */
        Path beside(String name) throws IOException {
            try {
                return file.resolveSibling(name);
            } catch (InvalidPathException e) {
                throw wrong("file: a path of this system, not %s (%s)".formatted(name, e.getReason()));
            }
        }

        /** Returns the exception to throw for a wrong row; its one-line message has file and line. */
        IOException wrong(String complaint) {
            return new IOException("%s: CSV: line %d: %s".formatted(file, line, complaint));
        }
    }

    private enum Place {
        /** At the beginning of a field. */
        BEGIN,
        PLAIN,
        QUOTED,
        /** After a quote in a quoted field; it is the closing quote unless another one follows. */
        CLOSED
    }

    private Csv(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * Returns the rows of a file; the first one is the header. Blank lines and a byte order mark are skipped.
     *
     * @throws IOException if the file does not exist or is not in UTF-8, has a quote that neither encloses a field nor
     *     is doubled, or has a row with more fields than the header; the one-line message has the file and, for a quote
     *     or a row, the line
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
        // The line break that ends this row is counted only after this call.
        rowFrom = line + 1;
    }
}
