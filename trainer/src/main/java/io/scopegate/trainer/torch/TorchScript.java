package io.scopegate.trainer.torch;

import ai.djl.ndarray.types.Shape;
import io.scopegate.trainer.file.WholeFile;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.network.TensorSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;

/** Writes a network with its weights as a TorchScript archive, which {@code torch.jit.load} and libtorch load. */
public final class TorchScript {

    private final SequencedMap<String, SequencedSet<String>> attributes = new LinkedHashMap<>();
    private final SequencedMap<String, Shape> shapes;
    private final Map<String, Integer> records = new HashMap<>();
    private final Set<String> trainable = new HashSet<>();
    private final PickleWriter pickle = new PickleWriter();

    private TorchScript(SeResNet network) {
        this.shapes = TorchKeys.shapes(network);
        for (String key : shapes.keySet()) {
            records.put(key, records.size());
            addPath(key);
        }
        network.tensors().stream().filter(TensorSpec::trainable).forEach(tensor -> trainable.add(tensor.key()));
    }

    /**
     * Replaces the file as a whole, or leaves it unchanged if that fails. The same content always gives the same bytes.
     *
     * @param extraFiles additional files by name, which {@code torch.jit.load} returns in {@code _extra_files}
     */
    public static void write(StateDict weights, Path file, SequencedMap<String, byte[]> extraFiles) throws IOException {
        SeResNet network = weights.network();
        WholeFile.write(file, out -> {
            try (RecordWriter records = new RecordWriter(out, "model")) {
                for (var extra : extraFiles.entrySet()) {
                    records.write("extra/" + extra.getKey(), extra.getValue());
                }
                records.write("data.pkl", new TorchScript(network).pickle());
                records.write(
                        "code/__torch__/scopegate.py", ScriptSource.of(network).getBytes(StandardCharsets.UTF_8));
                records.write(
                        "constants.pkl",
                        new PickleWriter().operation(Opcode.EMPTY_TUPLE).finish());
                records.writeTensors(weights);
            }
        });
    }

    private void addPath(String key) {
        int dot = key.lastIndexOf('.');
        String parent = dot < 0 ? "" : key.substring(0, dot);
        boolean known = attributes.containsKey(parent);
        attributes.computeIfAbsent(parent, _ -> new LinkedHashSet<>()).add(key);
        if (!known && !parent.isEmpty()) {
            addPath(parent);
        }
    }

    private byte[] pickle() {
        module("");
        return pickle.finish();
    }

    private void module(String path) {
        pickle.name(ScriptSource.MODULE, ScriptSource.classOf(path));
        pickle.operation(Opcode.EMPTY_TUPLE).operation(Opcode.NEWOBJ);
        pickle.operation(Opcode.EMPTY_DICT).operation(Opcode.MARK);
        for (String attribute : attributes.getOrDefault(path, new LinkedHashSet<>())) {
            pickle.text(attribute.substring(attribute.lastIndexOf('.') + 1));
            if (records.containsKey(attribute)) {
                tensor(attribute);
            } else {
                module(attribute);
            }
        }
        pickle.text("training").flag(false);
        pickle.operation(Opcode.SETITEMS).operation(Opcode.BUILD);
    }

    private void tensor(String key) {
        ElementType type = TorchKeys.counter(key) ? ElementType.INT64 : ElementType.FLOAT32;
        int record = records.getOrDefault(key, 0);
        Shape shape = shapes.getOrDefault(key, new Shape());
        pickle.tensor(record, type, shape, trainable.contains(key));
    }
}
