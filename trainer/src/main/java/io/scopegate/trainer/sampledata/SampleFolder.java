package io.scopegate.trainer.sampledata;

import io.scopegate.bundle.file.FileFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A folder of JPEG files, sorted by class, with a manifest. Frames are rendered on all cores; the result does not
 * depend on their number.
 */
public final class SampleFolder {
    private static final double QUALITY = 0.9;
    private static final String MANIFEST = "manifest.csv";

    private final Path folder;
    private final long seed;

    /**
     * Creates a writer for a folder.
     *
     * @param folder created if it is absent
     * @param seed recorded in the manifest
     */
    public SampleFolder(Path folder, long seed) {
        this.folder = folder;
        this.seed = seed;
    }

    /** The number of frames written of each class, and the kinds of scene in alphabetical order. */
    public record Tally(int inbody, int outbody, List<String> scenes) {}

    private record Entry(String file, FrameLabel label, String scene, String group) {}

    /**
     * Writes this many frames. {@code done} receives the number of finished frames and is called from several threads.
     */
    public Tally write(int count, IntFunction<RenderedFrame> frames, IntConsumer done) throws IOException {
        for (FrameLabel label : FrameLabel.values()) {
            Files.createDirectories(folder.resolve(label.text()));
        }
        List<Entry> entries = entries(count, frames, done);
        manifest(entries);
        int inbody = (int) entries.stream()
                .filter(entry -> entry.label() == FrameLabel.INBODY)
                .count();
        List<String> scenes =
                entries.stream().map(Entry::scene).distinct().sorted().toList();
        return new Tally(inbody, count - inbody, scenes);
    }

    /** Moves everything into an empty folder, the manifest last: a folder that has a manifest is complete. */
    public void moveInto(Path place) throws IOException {
        for (FrameLabel label : FrameLabel.values()) {
            Files.move(folder.resolve(label.text()), place.resolve(label.text()));
        }
        Files.move(folder.resolve(MANIFEST), place.resolve(MANIFEST));
    }

    private List<Entry> entries(int count, IntFunction<RenderedFrame> frames, IntConsumer done) throws IOException {
        AtomicInteger finished = new AtomicInteger();
        try {
            return IntStream.range(0, count)
                    .parallel()
                    .mapToObj(index -> {
                        Entry entry = store(index, frames.apply(index));
                        done.accept(finished.incrementAndGet());
                        return entry;
                    })
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Entry store(int index, RenderedFrame frame) {
        String file = String.format(Locale.ROOT, "%s/%05d.jpg", frame.label().text(), index);
        try {
            Files.write(folder.resolve(file), JpegImages.encode(frame.image(), QUALITY));
        } catch (IOException e) {
            throw new UncheckedIOException(folder.resolve(file) + ": not written: " + FileFault.text(e), e);
        }
        return new Entry(file, frame.label(), frame.scene(), frame.group());
    }

    private void manifest(List<Entry> entries) throws IOException {
        StringBuilder csv = new StringBuilder("file,label,group,scene,seed\n");
        for (Entry entry : entries) {
            csv.append(String.join(
                            ",", entry.file(), entry.label().text(), entry.group(), entry.scene(), Long.toString(seed)))
                    .append('\n');
        }
        Files.writeString(folder.resolve(MANIFEST), csv);
    }
}
