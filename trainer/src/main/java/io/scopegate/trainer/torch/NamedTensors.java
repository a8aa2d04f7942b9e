package io.scopegate.trainer.torch;

import io.scopegate.trainer.network.NetworkMatch;
import io.scopegate.trainer.torch.Pickled.Mapping;
import io.scopegate.trainer.torch.Pickled.Module;
import io.scopegate.trainer.torch.Pickled.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/** Finds the tensors of a pickled value and their state-dict keys. */
final class NamedTensors {

    private static final int MOST_VISITED = 20_000;
    private static final int DEEPEST = 16;
    private static final Set<String> USUAL_KEYS = Set.of("state_dict", "model");
    private static final List<String> PREFIXES = List.of("module.", "model.", "net.");

    private final SequencedMap<String, Tensor> found = new LinkedHashMap<>();
    private int visited;

    private NamedTensors() {}

    /**
     * Returns the tensors by key.
     *
     * @param value a state dict, bare or one level down under any key; or a TorchScript module, whose tensors are named
     *     by the path of attributes that leads to them. A wrapper's prefix that all keys of a state dict share is
     *     removed
     * @throws IOException if it is neither, if there are several state dicts, or if one contains anything but tensors
     */
    static SequencedMap<String, Tensor> in(Pickled value) throws IOException {
        NamedTensors tensors = new NamedTensors();
        switch (value) {
            case Module module -> tensors.visit("", module, 0);
            case Mapping mapping -> tensors.take(stateDict(mapping));
            default -> throw new IOException("a state dict or module, not " + value.described());
        }
        return tensors.found;
    }

    /**
     * Returns the nested state dict if there is one, otherwise the root. Several are refused, since it is unknown which
     * is meant: there may be a student and its teacher, or weights and their moving average.
     */
    private static Mapping stateDict(Mapping root) throws IOException {
        List<String> places = new ArrayList<>();
        Mapping chosen = root;
        if (isOfNetwork(root)) {
            places.add("no key");
        }
        for (var entry : root.entries().entrySet()) {
            if (entry.getValue() instanceof Mapping nested && mayBeMeant(entry.getKey(), nested)) {
                places.add(entry.getKey());
                chosen = nested;
            }
        }
        if (places.size() > 1) {
            throw new IOException("one state dict, not several: under " + String.join(" and ", places));
        }
        return chosen;
    }

    private static boolean mayBeMeant(String key, Mapping nested) {
        return isOfNetwork(nested)
                || (USUAL_KEYS.contains(key)
                        && nested.entries().values().stream()
                                .anyMatch(value -> value instanceof Tensor || value instanceof Mapping));
    }

    /** Whether the keys are those of an SE-ResNet, with any prefix. */
    private static boolean isOfNetwork(Mapping candidate) {
        return candidate.entries().entrySet().stream()
                .anyMatch(entry ->
                        entry.getValue() instanceof Tensor && entry.getKey().endsWith(NetworkMatch.STEM));
    }

    /**
     * Returns the prefix that wrappers such as DataParallel and Lightning put before every key; empty if any key lacks
     * it.
     */
    private static String prefix(Mapping stateDict) {
        for (String prefix : PREFIXES) {
            if (stateDict.entries().keySet().stream().allMatch(key -> key.startsWith(prefix))) {
                return prefix;
            }
        }
        return "";
    }

    private void take(Mapping stateDict) throws IOException {
        int prefix = prefix(stateDict).length();
        for (var entry : stateDict.entries().entrySet()) {
            if (!(entry.getValue() instanceof Tensor tensor)) {
                throw new IOException(
                        entry.getKey() + ": a tensor, not " + entry.getValue().described());
            }
            found.put(entry.getKey().substring(prefix), tensor);
        }
    }

    /**
     * Collects a module's tensors. A module may be reached by several paths, endlessly many if it contains itself;
     * hence the limits.
     */
    private void visit(String path, Module module, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException(path + ": modules nested at most " + DEEPEST + " deep, not more");
        }
        for (var attribute : module.attributes().entrySet()) {
            if (++visited > MOST_VISITED) {
                throw new IOException("at most " + MOST_VISITED + " attributes of modules, not more");
            }
            String key = path + attribute.getKey();
            switch (attribute.getValue()) {
                case Tensor tensor -> found.put(key, tensor);
                case Module inner -> visit(key + ".", inner, depth + 1);
                default -> {} // flags, sizes and the like
            }
        }
    }
}
