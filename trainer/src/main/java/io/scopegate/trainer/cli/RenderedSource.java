package io.scopegate.trainer.cli;

import io.scopegate.trainer.dataset.FrameColumn;
import io.scopegate.trainer.dataset.FrameManifest;
import io.scopegate.trainer.dataset.FrameSet;
import io.scopegate.trainer.file.DraftFolder;
import io.scopegate.trainer.plan.FrameSource.Rendered;
import io.scopegate.trainer.sampledata.FrameRenderer;
import io.scopegate.trainer.sampledata.SampleFolder;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Artificial frames on disk, rendered at the first use and read afterwards. */
final class RenderedSource {

    private static final Logger LOG = System.getLogger(RenderedSource.class.getName());

    private RenderedSource() {}

    /**
     * Reads the frames. If their folder is absent, renders them into a draft folder beside it first.
     *
     * @throws IOException if they cannot be written, or the folder contains another number of frames or frames of
     *     another seed
     */
    static FrameSet read(Rendered source) throws IOException {
        if (!Files.exists(source.folder())) {
            render(source);
        }
        Path manifest = source.folder().resolve("manifest.csv");
        FrameSet frames = FrameManifest.read(manifest);
        if (frames.frames().size() != source.count()) {
            throw new IOException(
                    "%s: contains %d frames, but the configuration says %d; remove the folder to render it again"
                            .formatted(source.folder(), frames.frames().size(), source.count()));
        }
        requireSeed(source, manifest);
        return frames;
    }

    private static void requireSeed(Rendered source, Path manifest) throws IOException {
        for (String seed : FrameColumn.read(manifest, "seed").values()) {
            if (!seed.equals(String.valueOf(source.seed()))) {
                throw new IOException("%s: contains frames of seed %s, but the configuration says %d; "
                                .formatted(source.folder(), seed, source.seed())
                        + "remove the folder to render it again");
            }
        }
    }

    private static void render(Rendered source) throws IOException {
        FrameRenderer renderer = new FrameRenderer();
        try (DraftFolder draft = DraftFolder.beside(source.folder())) {
            new SampleFolder(draft.path(), source.seed())
                    .write(
                            source.count(),
                            index -> renderer.renderVaried(source.seed(), index),
                            ProgressLine.of("rendering", source.count()));
            moveUnlessThere(draft.path(), source.folder());
        }
    }

    private static void moveUnlessThere(Path draft, Path folder) throws IOException {
        try {
            Files.move(draft, folder);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            LOG.log(Level.DEBUG, "another run was faster to render the same frames: {0}", folder);
        }
    }
}
