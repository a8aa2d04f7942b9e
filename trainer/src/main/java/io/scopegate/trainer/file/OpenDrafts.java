package io.scopegate.trainer.file;

import io.scopegate.bundle.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The drafts that are in use. They are removed when a signal ends the process, since its threads then have no time to
 * do so themselves. Thread-safe.
 */
public final class OpenDrafts {

    /** The drafts of this process. A shutdown hook removes them. */
    public static final OpenDrafts OF_PROCESS = new OpenDrafts();

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(OF_PROCESS::removeUnlessHeld, "open-drafts"));
        } catch (IllegalStateException shuttingDown) {
            OF_PROCESS.remove();
        }
    }

    private final Set<Path> drafts = ConcurrentHashMap.newKeySet();
    private volatile boolean held;
    private boolean ended;
    private boolean removed;

    OpenDrafts() {}

    /**
     * Registers a draft.
     *
     * @throws IOException if the process is ending; the draft has been removed
     */
    synchronized void add(Path draft) throws IOException {
        if (ended) {
            removed = true;
            remove(draft);
            throw new IOException(draft + ": not kept, since the process is ending");
        }
        drafts.add(draft);
    }

    /** Unregisters a draft that was deleted or moved to its final place. */
    void forget(Path draft) {
        drafts.remove(draft);
    }

    /**
     * Keeps the drafts when a signal arrives, for a run that has to save its state then. Until {@link #release()} only
     * {@link #remove()} removes them.
     */
    public void hold() {
        held = true;
    }

    /** Lets a signal remove the drafts again. */
    public void release() {
        held = false;
    }

    /** Does what the shutdown hook has to do. */
    void removeUnlessHeld() {
        if (!held) {
            remove();
        }
    }

    /** Removes all drafts. From then on {@link #add} removes each new draft at once and fails. */
    public synchronized void remove() {
        ended = true;
        removed |= !drafts.isEmpty();
        drafts.forEach(OpenDrafts::remove);
        drafts.clear();
    }

    /**
     * Returns whether drafts were removed while in use. If so, failures of the threads that used them are a consequence
     * and need no report.
     */
    public synchronized boolean areRemoved() {
        return removed;
    }

    /**
     * Renames the draft before deleting it: a thread that still writes into the folder would otherwise add files while
     * it is being emptied.
     */
    private static void remove(Path draft) {
        Path aside = draft.resolveSibling(draft.getFileName() + ".ended");
        try {
            FileTree.delete(Files.move(draft, aside));
        } catch (IOException nobodyIsLeftToHear) {
            // The draft is already gone, or it stays behind: the process is ending, so nobody can act on it.
        }
    }
}
