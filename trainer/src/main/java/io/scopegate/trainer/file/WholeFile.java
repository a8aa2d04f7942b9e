package io.scopegate.trainer.file;

import io.scopegate.bundle.file.FileFault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Writes files atomically: each is written to a draft beside it, flushed to disk and then moved into place. The draft
 * of a process that was killed stays until the same file is written again or, if it was a second writer's, until two
 * write the file at once again. Several writers of one file, whether threads or processes, have a draft each; the file
 * is that of the last one to finish. On a file system without locks, processes may share a draft and mix their contents.
 */
public final class WholeFile {

    private WholeFile() {}

    /** The content of a file. */
    public interface Content {
        /** Writes the whole content. The caller closes the stream. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes or replaces a file. Missing folders are created.
     *
     * @throws IOException if the file cannot be written, for example because the disk is full, or if the content fails;
     *     the message names the file, which is left as it was
     */
    public static void write(Path file, Content content) throws IOException {
        writeAll(new LinkedHashMap<>(Map.of(file, content)));
    }

    /**
     * Writes or replaces files that belong together, in the order given. No file is moved into place before all drafts
     * are on disk, because moving needs no disk space. If the process is killed, or a move fails, between the first
     * move and the last, some files are new and others are not.
     *
     * @throws IOException if a draft cannot be written or a folder is in the way, in which case all files are left as
     *     they were, or if a draft cannot be moved into place; the message names the file
     */
    public static void writeAll(SequencedMap<Path, Content> files) throws IOException {
        writeAll(files.entrySet().iterator(), new ArrayList<>());
    }

    /** Writes one draft after the other and moves them into place. Each is closed, whatever fails. */
    private static void writeAll(Iterator<Map.Entry<Path, Content>> files, List<Draft> drafts) throws IOException {
        if (!files.hasNext()) {
            for (Draft draft : drafts) {
                draft.take();
            }
            return;
        }
        Map.Entry<Path, Content> file = files.next();
        try (Draft draft = Draft.of(file.getKey())) {
            draft.write(file.getValue());
            drafts.add(draft);
            writeAll(files, drafts);
        }
    }

    /**
     * A file that is being written.
     *
     * @param file the file as the caller named it
     * @param place the same file as an absolute path
     * @param draft its draft
     */
    private record Draft(Path file, Path place, DraftFile draft) implements AutoCloseable {

        static Draft of(Path file) throws IOException {
            Path place = file.toAbsolutePath().normalize();
            if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(file + ": not written: a folder is there");
            }
            try {
                Files.createDirectories(place.getParent());
                return new Draft(file, place, DraftFile.of(place));
            } catch (IOException e) {
                throw notWritten(file, e);
            }
        }

        void write(Content content) throws IOException {
            try {
                draft.write(content);
            } catch (IOException e) {
                throw notWritten(file, e);
            }
        }

        void take() throws IOException {
            try {
                draft.moveTo(place);
            } catch (IOException e) {
                throw notWritten(file, e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                draft.close();
            } catch (IOException e) {
                throw new IOException(file + ": its draft was not removed: " + FileFault.text(e), e);
            }
        }

        private static IOException notWritten(Path file, IOException e) {
            return new IOException(file + ": not written: " + FileFault.text(e), e);
        }
    }
}
