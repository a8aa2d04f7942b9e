package io.scopegate.trainer.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What the settings of the reference bundle are called here, as {@code bundle-names.tsv} lists them. */
final class BundleNames {

    static final BundleNames ALL = load();

    private final List<Name> names;

    private BundleNames(List<Name> names) {
        this.names = List.copyOf(names);
    }

    /**
     * One setting of the bundle.
     *
     * @param theirs dotted
     * @param ours dotted; empty if there is nothing of the kind
     * @param note how the two differ, or why there is nothing; may be empty
     */
    record Name(String theirs, String ours, String note) {

        boolean covers(String id) {
            return id.equals(theirs) || id.startsWith(theirs + ".");
        }

        String hint() {
            String remark = note.isEmpty() ? "" : " (" + note + ")";
            return ours.isEmpty()
                    ? "a name of the reference bundle; there is no such setting here: " + note
                    : "a name of the reference bundle; here it is " + ours + remark;
        }
    }

    private static BundleNames load() {
        try (InputStream in = BundleNames.class.getResourceAsStream("bundle-names.tsv")) {
            if (in == null) {
                throw new IOException("bundle-names.tsv: not there");
            }
            return new BundleNames(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Name(cells[0], cells[1], cells[2]))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("bundle-names.tsv is part of the program", e);
        }
    }

    List<Name> names() {
        return names;
    }

    /** What to say to somebody who typed an id of the bundle; the first that covers it counts. */
    Optional<String> hint(String id) {
        return names.stream().filter(name -> name.covers(id)).findFirst().map(Name::hint);
    }
}
