package io.scopegate.trainer.dataset;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated values after RFC 4180: a quoted field may hold commas, line ends and doubled quotes. */
final class Csv {

    private final String text;
    private final List<List<String>> rows = new ArrayList<>();
    private List<String> row = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();

    private Csv(String text) {
        this.text = text;
    }

    /** The rows; blank lines are left out. */
    static List<List<String>> parse(String text) {
        return new Csv(text).parse();
    }

    private List<List<String>> parse() {
        boolean quoted = false;
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (c == '"' && quoted && k + 1 < text.length() && text.charAt(k + 1) == '"') {
                field.append('"');
                k++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted) {
                field.append(c);
            } else {
                unquoted(c);
            }
        }
        endRow();
        return rows;
    }

    private void unquoted(char c) {
        switch (c) {
            case ',' -> endField();
            case '\n' -> endRow();
            case '\r' -> {}
            default -> field.append(c);
        }
    }

    private void endField() {
        row.add(field.toString());
        field.setLength(0);
    }

    private void endRow() {
        endField();
        if (row.size() > 1 || !row.getFirst().isEmpty()) {
            rows.add(row);
        }
        row = new ArrayList<>();
    }
}
