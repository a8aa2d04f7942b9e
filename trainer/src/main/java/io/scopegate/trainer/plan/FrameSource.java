package io.scopegate.trainer.plan;

import java.nio.file.Path;
import java.util.Optional;

/** Where frames come from, and how often they are drawn compared with other sources where draws are balanced. */
public sealed interface FrameSource {

    /** Relative to the other sources. */
    double weight();

    /** A CSV file with the columns file, label and group. */
    record Manifest(Path csv, double weight) implements FrameSource {}

    /** A folder with sub-folders inbody and outbody; all frames are of one group, if the plan names it. */
    record Folder(Path folder, Optional<String> group, double weight) implements FrameSource {}

    /** Artificial frames, rendered into the folder if it is absent; a CSV file in it names their groups. */
    record Rendered(Path folder, int count, long seed, double weight) implements FrameSource {}
}
