package io.scopegate.trainer.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.file.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Configuration files and command-line settings merged into one tree, which remembers the folder that each value comes
 * from.
 */
final class Configuration {

    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final Map<String, Path> folders = new HashMap<>();

    private Configuration() {}

    /**
     * Reads and merges the files from left to right. Objects are merged key by key; any other value replaces the
     * earlier one.
     *
     * @param settings each {@code id=value}, applied after all files
     * @throws IOException if a file cannot be read or is not JSON
     * @throws PlanException if an id is unknown or a file does not contain an object
     */
    static Configuration read(List<Path> files, List<String> settings) throws IOException {
        Configuration all = new Configuration();
        for (Path file : files) {
            all.add(file);
        }
        settings.forEach(setting -> all.set(Setting.parse(setting)));
        return all;
    }

    private void add(Path file) throws IOException {
        JsonNode tree = JsonFile.read(file);
        if (!(tree instanceof ObjectNode object)) {
            throw new PlanException(file + ": a JSON object, not something else");
        }
        object.remove("$schema");
        try {
            KnownSettings.ALL.requireKnown(object);
        } catch (PlanException e) {
            throw new PlanException(file + ": " + e.getMessage());
        }
        merge(root, object, "", file.toAbsolutePath().normalize().resolveSibling(""));
    }

    private void merge(ObjectNode into, ObjectNode from, String id, Path folder) {
        from.properties().forEach(entry -> {
            String child = PlanField.child(id, entry.getKey());
            if (into.get(entry.getKey()) instanceof ObjectNode old && entry.getValue() instanceof ObjectNode added) {
                merge(old, added, child, folder);
            } else {
                into.set(entry.getKey(), entry.getValue());
                remember(child, folder);
            }
        });
    }

    private void set(Setting setting) {
        setting.applyTo(root);
        remember(setting.id(), Path.of("").toAbsolutePath());
    }

    private void remember(String id, Path folder) {
        folders.keySet().removeIf(known -> known.startsWith(id + "."));
        folders.put(id, folder);
    }

    /**
     * Returns the folder that relative paths in this value are relative to: that of the file that states it, or the
     * working directory if the command line does.
     */
    Path folderOf(String id) {
        String part = id;
        while (!folders.containsKey(part) && part.contains(".")) {
            part = part.substring(0, part.lastIndexOf('.'));
        }
        return folders.getOrDefault(part, Path.of("").toAbsolutePath());
    }

    ObjectNode root() {
        return root;
    }
}
