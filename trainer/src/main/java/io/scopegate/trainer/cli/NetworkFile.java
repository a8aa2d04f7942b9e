package io.scopegate.trainer.cli;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.export.OnnxExport;
import io.scopegate.trainer.export.ParityCheck;
import io.scopegate.trainer.file.DraftFolder;
import io.scopegate.trainer.file.WholeFile;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.SafeTensors;
import io.scopegate.trainer.network.TorchEngine;
import io.scopegate.trainer.publish.GoldenPictures;
import io.scopegate.trainer.publish.ModelDraft;
import io.scopegate.trainer.publish.Provenance;
import io.scopegate.trainer.torch.TorchScript;
import io.scopegate.trainer.torch.TorchStateDict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * Writes a network as a single file.
 *
 * @param weights the weights to write
 * @param onnx how ONNX is written
 * @param extra files to include in TorchScript, with distinct names
 */
record NetworkFile(InputWeights weights, OnnxExport onnx, List<Path> extra) {

    private static final String METADATA = "metadata.json";

    NetworkFile {
        extra = List.copyOf(extra);
    }

    /** Writes the file. An existing file is replaced completely, or left as it was if the new one fails its check. */
    void write(ExportFormat format, Path file, Consumer<String> progress) throws IOException {
        switch (format) {
            case STATE_DICT -> TorchStateDict.write(weights.values(), file);
            case TORCHSCRIPT -> TorchScript.write(weights.values(), file, extraFiles());
            case SAFETENSORS -> SafeTensors.write(weights.values(), file);
            case ONNX -> writeOnnx(file, progress);
            case ENGINE, MODEL -> throw new IllegalArgumentException("--format: a file, not " + format);
        }
        progress.accept("written: " + file);
    }

    private void writeOnnx(Path file, Consumer<String> progress) throws IOException {
        try (DraftFolder folder = DraftFolder.create();
                NDManager engine = TorchEngine.newManager();
                Parameters trained = new Parameters(engine, weights.values(), DataType.FLOAT32)) {
            Path draft = folder.path().resolve(ModelDraft.NETWORK);
            onnx.write(weights.values(), draft);
            double difference = ParityCheck.require(onnx.precision(), trained, draft, GoldenPictures.tensors());
            progress.accept("export: %s differ by %.1e at most"
                    .formatted(onnx.precision().compared(), difference));
            WholeFile.write(file, out -> Files.copy(draft, out));
        }
    }

    private SequencedMap<String, byte[]> extraFiles() throws IOException {
        SequencedMap<String, byte[]> files = new LinkedHashMap<>();
        for (Path file : extra) {
            files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
        }
        files.putIfAbsent(METADATA, metadata().getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private String metadata() {
        ObjectNode root = new Provenance(weights.values()).toJson();
        InputShape shape = InputShape.REFERENCE;
        root.putObject("input")
                .put("shape", "N x 3 x " + shape.width() + " x " + shape.height() + ", float32")
                .put("preprocessing", Preprocessing.ID);
        ObjectNode output =
                root.putObject("output").put("shape", "N x 2, float32").put("kind", "logits");
        Label.texts().forEach(output.putArray("labels")::add);
        root.set("weights", weights.origin());
        return root.toPrettyString();
    }
}
