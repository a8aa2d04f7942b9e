package io.scopegate.server.model;

import io.scopegate.bundle.model.ModelUnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The directory of published models, {@code NAME/VERSION} each. What starts with a dot is a draft and left alone. */
final class ModelRepository {

    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");

    private final ModelSettings settings;

    ModelRepository(ModelSettings settings) {
        this.settings = settings;
    }

    /**
     * The directory of the model to serve.
     *
     * @throws ModelUnusableException if there is none, or more than one to choose from; the message says what is there
     */
    Path find() throws ModelUnusableException {
        Path model = settings.root().resolve(settings.name() == null ? onlyName() : settings.name());
        if (settings.version() != null) {
            return existing(model.resolve(settings.version().toString()));
        }
        return directories(model).stream()
                .filter(path -> VERSION.matcher(path.getFileName().toString()).matches())
                .max(Comparator.comparingInt(
                        path -> Integer.parseInt(path.getFileName().toString())))
                .orElseThrow(() -> new ModelUnusableException(model + ": holds no version"));
    }

    private String onlyName() throws ModelUnusableException {
        List<Path> models = directories(settings.root());
        if (models.isEmpty()) {
            throw new ModelUnusableException(settings.root() + ": holds no model");
        }
        if (models.size() > 1) {
            throw new ModelUnusableException(settings.root() + ": holds more than one model, choose by"
                    + " scopegate.model.name one of "
                    + models.stream().map(path -> path.getFileName().toString()).toList());
        }
        return models.getFirst().getFileName().toString();
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
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ModelUnusableException(parent + ": cannot be read: " + e, e);
        }
    }
}
