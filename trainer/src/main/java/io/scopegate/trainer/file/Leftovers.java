package io.scopegate.trainer.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Drafts that are in use: removed when a signal ends the process, which leaves no thread the time to do it itself. Any
 * thread.
 */
public final class Leftovers {

    /** Of this process; they are removed as it shuts down. */
    public static final Leftovers OF_PROCESS = new Leftovers();

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(OF_PROCESS::remove, "leftovers"));
        } catch (IllegalStateException shuttingDown) {
            OF_PROCESS.remove();
        }
    }

    private final Set<Path> drafts = ConcurrentHashMap.newKeySet();
    private boolean ended;
    private boolean removed;

    Leftovers() {}

    /**
     * Registers a draft.
     *
     * @throws IOException if the process is ending; the draft is removed
     */
    synchronized void add(Path draft) throws IOException {
        if (ended) {
            removed = true;
            remove(draft);
            throw new IOException(draft + ": not kept, since the process is ending");
        }
        drafts.add(draft);
    }

    /** Forgets a draft that is gone or has its place. */
    void forget(Path draft) {
        drafts.remove(draft);
    }

    /** Removes every draft, and from now on each that is added. */
    public synchronized void remove() {
        ended = true;
        removed |= !drafts.isEmpty();
        drafts.forEach(Leftovers::remove);
        drafts.clear();
    }

    /** Whether drafts in use were removed, so that failures of the threads that used them mean nothing. */
    public synchronized boolean areRemoved() {
        return removed;
    }

    /** Away first from where a thread may still be writing, which would put more into a folder while it is emptied. */
    private static void remove(Path draft) {
        Path aside = draft.resolveSibling(draft.getFileName() + ".ended");
        try {
            delete(Files.move(draft, aside));
        } catch (IOException nobodyIsLeftToHear) {
            // It is gone already, or stays.
        }
    }

    /** A file, or a folder with all that is in it. */
    static void delete(Path draft) throws IOException {
        try (Stream<Path> paths = Files.walk(draft)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }
}
