package io.scopegate.trainer.plan;

import java.nio.file.Path;
import java.util.Optional;

/** A source of frames, with its weight when draws are balanced. */
public sealed interface FrameSource {

    /** How often frames of this source are drawn, relative to the other sources. */
    double weight();

    /** A CSV file with the columns file, label and group. */
    record Manifest(Path csv, double weight) implements FrameSource {}

    /** A folder with subfolders inbody and outbody. If the plan names a group, all frames belong to it. */
    record Folder(Path folder, Optional<String> group, double weight) implements FrameSource {}

    /** Artificial frames, rendered into the folder if it does not exist. A CSV file in the folder has their groups. */
    record Rendered(Path folder, int count, long seed, double weight) implements FrameSource {}
}
