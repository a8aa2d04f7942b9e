package io.scopegate.trainer.dataset;

import java.nio.file.Path;

/**
 * One frame on disk whose label is known.
 *
 * @param file JPEG or PNG
 * @param label what it shows
 * @param group where it is from, for example its video: frames of one group resemble each other
 */
public record LabelledFrame(Path file, Label label, String group) {}
