package io.scopegate.server.model;

import io.scopegate.bundle.model.ModelUnusableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of published models, {@code NAME/VERSION} each. Names that start with a dot are drafts and are
 * ignored, and so is the directory that a file system keeps at its own root.
 */
final class ModelRepository {

    /** Readable by the administrator only: the server cannot read it. */
    private static final String LOST_AND_FOUND = "lost+found";

    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");

    /** Directory names that may be mistaken for a version. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private final ModelSettings settings;

    ModelRepository(ModelSettings settings) {
        this.settings = settings;
    }

    /**
     * The versions found in one scan.
     *
     * @param versions the highest first, at least one
     * @param problem numbers that are not valid versions, as a text; empty if there are none
     */
    record Found(List<VersionDirectory> versions, String problem) {}

    /**
     * Returns all versions of the model to serve, the highest first; only the configured one if the settings name a
     * version.
     *
     * @param served name that was chosen before, or null
     * @throws ModelUnusableException if there is no version, or more than one name to choose from; the message says
     *     what was found
     */
    Found versions(@Nullable String served) throws ModelUnusableException {
        String name = name(served);
        Path model = settings.root().resolve(name);
        if (settings.version() != null) {
            Path directory = existing(model.resolve(settings.version().toString()));
            return new Found(List.of(new VersionDirectory(directory, name, settings.version())), "");
        }
        List<Path> directories = directories(model);
        String problem = noVersions(model, directories);
        List<VersionDirectory> versions = directories.stream()
                .filter(path -> VERSION.matcher(path.getFileName().toString()).matches())
                .map(path -> new VersionDirectory(
                        path, name, Integer.parseInt(path.getFileName().toString())))
                .sorted(Comparator.comparingInt(VersionDirectory::version).reversed())
                .toList();
        if (versions.isEmpty()) {
            throw new ModelUnusableException(problem.isEmpty() ? model + ": contains no version" : problem);
        }
        return new Found(versions, problem);
    }

    private static String noVersions(Path model, List<Path> directories) {
        List<String> numbers = directories.stream()
                .map(path -> path.getFileName().toString())
                .filter(name ->
                        NUMBER.matcher(name).matches() && !VERSION.matcher(name).matches())
                .toList();
        return numbers.isEmpty()
                ? ""
                : model + ": versions must be numbers from 1 to 999999999 without leading zeros, not " + numbers;
    }

    private String name(@Nullable String served) throws ModelUnusableException {
        if (settings.name() != null) {
            return settings.name();
        }
        return served == null ? onlyName() : served;
    }

    private String onlyName() throws ModelUnusableException {
        List<Path> models = directories(settings.root());
        if (models.isEmpty()) {
            throw new ModelUnusableException(settings.root() + ": contains no model");
        }
        if (models.size() > 1) {
            throw new ModelUnusableException(settings.root() + ": contains more than one model; set"
                    + " scopegate.model.name or scopegate.served-models to choose from "
                    + models.stream().map(path -> path.getFileName().toString()).toList());
        }
        return models.getFirst().getFileName().toString();
    }

    /** Returns true if the entry is neither a model nor a version. */
    static boolean isLeftAlone(Path entry) {
        String name = entry.getFileName().toString();
        return name.startsWith(".") || name.equals(LOST_AND_FOUND);
    }

    private static Path existing(Path directory) throws ModelUnusableException {
        if (!Files.isDirectory(directory)) {
            throw new ModelUnusableException(directory + ": no such directory");
        }
        return directory;
    }

    private static List<Path> directories(Path parent) throws ModelUnusableException {
        try (Stream<Path> entries = Files.list(existing(parent))) {
            return entries.filter(Files::isDirectory)
                    .filter(path -> !isLeftAlone(path))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ModelUnusableException(parent + ": cannot be read: " + e, e);
        }
    }
}
