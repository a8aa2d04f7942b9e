package io.scopegate.trainer.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Maps names of settings in the reference bundle to names here, as listed in {@code bundle-names.tsv}. */
final class BundleNames {

    static final BundleNames ALL = load();

    private final List<Name> names;

    private BundleNames(List<Name> names) {
        this.names = List.copyOf(names);
    }

    /**
     * One setting of the bundle.
     *
     * @param theirs the bundle's name, dotted
     * @param ours the name here, dotted; empty if there is no such setting here
     * @param note how the two differ, or why there is none here; may be empty
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

    /**
     * Returns a hint for somebody who typed a name of the bundle, from the first entry that covers the id; empty if
     * none does.
     */
    Optional<String> hint(String id) {
        return names.stream().filter(name -> name.covers(id)).findFirst().map(Name::hint);
    }
}
