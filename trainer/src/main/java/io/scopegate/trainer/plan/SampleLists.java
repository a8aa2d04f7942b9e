package io.scopegate.trainer.plan;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Sample lists in place of sources, as the reference bundle names its data.
 *
 * @param train fitted to
 * @param validation looked at while fitting
 * @param test looked at once, afterwards
 */
public record SampleLists(Path train, Optional<Path> validation, Optional<Path> test) {}
