package io.scopegate.trainer.torch;

import io.scopegate.trainer.torch.Pickled.Mapping;
import io.scopegate.trainer.torch.Pickled.Module;
import io.scopegate.trainer.torch.Pickled.Tensor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Finds the tensors of a pickled value and their state-dict keys. */
final class NamedTensors {

    private static final int MOST_VISITED = 20_000;
    private static final int DEEPEST = 16;
    private static final List<String> NESTED_UNDER = List.of("state_dict", "model");

    private final SequencedMap<String, Tensor> found = new LinkedHashMap<>();
    private int visited;

    private NamedTensors() {}

    /**
     * The tensors by key.
     *
     * @param value a state dict, one nested under {@code model} or {@code state_dict}, or a TorchScript module, whose
     *     tensors are named by the path of attributes that leads to them
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

    private static Mapping stateDict(Mapping root) {
        for (String key : NESTED_UNDER) {
            if (root.entries().get(key) instanceof Mapping nested) {
                return nested;
            }
        }
        return root;
    }

    private void take(Mapping stateDict) throws IOException {
        for (var entry : stateDict.entries().entrySet()) {
            if (!(entry.getValue() instanceof Tensor tensor)) {
                throw new IOException(
                        entry.getKey() + ": a tensor, not " + entry.getValue().described());
            }
            found.put(entry.getKey(), tensor);
        }
    }

    /** A module may be reached by several paths, even endlessly many: hence the limits. */
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
