package io.scopegate.trainer.prepare;

import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.SampleList;
import io.scopegate.trainer.dataset.SampleList.Sample;
import io.scopegate.trainer.dataset.Split;
import io.scopegate.trainer.file.DraftFolder;
import io.scopegate.trainer.file.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The three sample lists in a folder. Either all of them are written or none. */
public final class PreparedLists {

    private static final String TRAIN = "train_samples.json";
    private static final String VALIDATION = "val_samples.json";
    private static final String TEST = "test_samples.json";

    private final Path folder;

    public PreparedLists(Path folder) {
        this.folder = folder;
    }

    /**
     * Refuses a folder that contains one of the lists or cannot be written to. Other files in it do not matter.
     *
     * @throws IOException if one of the lists exists, or the folder is a file or cannot be written to
     */
    public void requireAbsent() throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException("--out: a folder, not the file " + folder);
        }
        OutputFolder.require(folder, "--out");
        for (String name : List.of(TRAIN, VALIDATION, TEST)) {
            if (Files.exists(folder.resolve(name))) {
                throw new IOException("--out: a folder without sample lists, not one with " + folder.resolve(name));
            }
        }
    }

    /**
     * Writes the lists to a draft folder, then moves them into place. If a move fails, those that were moved are
     * deleted.
     */
    public void write(Split split) throws IOException {
        requireAbsent();
        Map<String, List<LabelledFrame>> lists = new LinkedHashMap<>();
        lists.put(TRAIN, split.train());
        lists.put(VALIDATION, split.validation());
        lists.put(TEST, split.heldOut());
        try (DraftFolder draft = DraftFolder.in(folder)) {
            for (Map.Entry<String, List<LabelledFrame>> list : lists.entrySet()) {
                sampleList(list.getValue()).write(draft.path().resolve(list.getKey()));
            }
            move(draft.path(), List.copyOf(lists.keySet()));
        }
    }

    private void move(Path draft, List<String> names) throws IOException {
        List<Path> moved = new ArrayList<>();
        try {
            for (String name : names) {
                moved.add(Files.move(draft.resolve(name), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE));
            }
        } catch (IOException e) {
            for (Path list : moved) {
                Files.deleteIfExists(list);
            }
            throw e;
        }
    }

    private static SampleList sampleList(List<LabelledFrame> frames) {
        return new SampleList(frames.stream()
                .map(frame -> Sample.of(
                        frame.file(), frame.label(), Optional.of(frame.group()).filter(group -> !group.isEmpty())))
                .toList());
    }
}
