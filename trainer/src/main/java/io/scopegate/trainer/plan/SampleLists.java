package io.scopegate.trainer.plan;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Sample lists instead of sources, as in the reference bundle.
 *
 * @param train frames to fit to
 * @param validation frames looked at while fitting
 * @param test frames looked at once, after fitting
 */
public record SampleLists(Path train, Optional<Path> validation, Optional<Path> test) {}
