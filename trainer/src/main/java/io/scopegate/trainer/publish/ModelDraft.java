package io.scopegate.trainer.publish;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.scopegate.bundle.model.ModelManifest.GoldenVector;
import io.scopegate.trainer.dataset.FrameReader;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.evaluate.Softmax;
import io.scopegate.trainer.export.OnnxExport;
import io.scopegate.trainer.export.OnnxNetwork;
import io.scopegate.trainer.export.ParityCheck;
import io.scopegate.trainer.network.Parameters;
import io.scopegate.trainer.network.StateDict;
import io.scopegate.trainer.plan.TrainingPlan.PublishPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of a network before publication: the ONNX file and the golden pictures, with their golden vectors.
 *
 * @param folder folder that contains the files
 * @param golden the network's answers to the golden pictures
 * @param parity largest difference between trained and exported network; 0 if the network was an ONNX file already
 */
public record ModelDraft(Path folder, List<GoldenVector> golden, double parity) {

    /** File name of the network. */
    public static final String NETWORK = "model.onnx";

    private static final int PARITY_FRAMES = 8;

    public ModelDraft {
        golden = List.copyOf(golden);
    }

    /** Returns the path of the ONNX file. */
    public Path network() {
        return folder.resolve(NETWORK);
    }

    /**
     * Exports a trained network, compares the export with it and writes the files. The golden vectors are the answers
     * of the trained network.
     *
     * @param engine engine that runs the trained network
     * @param folder folder for the files; created if absent
     * @param plan names of input and output
     * @param frames frames to compare both networks on, beside the golden pictures; the first few that can be read are
     *     used
     * @throws IOException if a file cannot be written, or the exported network's answers differ from the trained one's
     */
    public static ModelDraft write(
            NDManager engine, StateDict weights, Path folder, PublishPlan plan, List<LabelledFrame> frames)
            throws IOException {
        Files.createDirectories(folder);
        Path network = folder.resolve(NETWORK);
        new OnnxExport(plan.inputTensor(), plan.outputTensor()).write(weights, network);
        List<String> pictures = GoldenPictures.write(folder);
        List<float[]> inputs = new ArrayList<>();
        try (FrameReader reader = new FrameReader()) {
            for (String picture : pictures) {
                inputs.add(reader.tensor(folder.resolve(picture)));
            }
            List<GoldenVector> golden = golden(engine, weights, pictures, inputs);
            inputs.addAll(readable(reader, frames));
            return new ModelDraft(folder, golden, ParityCheck.require(engine, weights, network, inputs));
        }
    }

    /**
     * Writes the files of a network that is an ONNX file already. The golden vectors are its own answers on the CPU,
     * whatever they are.
     *
     * @param folder folder for the files; created if absent
     * @throws IOException if a file cannot be read or written, or the network does not run
     */
    public static ModelDraft of(Path onnx, Path folder) throws IOException {
        List<String> pictures = GoldenPictures.write(folder);
        Files.copy(onnx, folder.resolve(NETWORK));
        try (OnnxNetwork network = new OnnxNetwork(onnx);
                FrameReader reader = new FrameReader()) {
            List<GoldenVector> golden = new ArrayList<>();
            for (String picture : pictures) {
                golden.add(golden(picture, network.logits(reader.tensor(folder.resolve(picture)))));
            }
            return new ModelDraft(folder, golden, 0);
        }
    }

    /**
     * Returns the tensors of the first frames that can be read. Unreadable frames say nothing about the networks; the
     * evaluation counts them.
     */
    private static List<float[]> readable(FrameReader reader, List<LabelledFrame> frames) {
        return frames.stream()
                .flatMap(frame -> ifReadable(reader, frame).stream())
                .limit(PARITY_FRAMES)
                .toList();
    }

    private static Optional<float[]> ifReadable(FrameReader reader, LabelledFrame frame) {
        try {
            return Optional.of(reader.tensor(frame.file()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<GoldenVector> golden(
            NDManager engine, StateDict weights, List<String> pictures, List<float[]> inputs) {
        List<GoldenVector> vectors = new ArrayList<>();
        try (Parameters trained = new Parameters(engine, weights, DataType.FLOAT32)) {
            for (int k = 0; k < pictures.size(); k++) {
                vectors.add(golden(pictures.get(k), trained.logits(inputs.get(k))));
            }
        }
        return vectors;
    }

    private static GoldenVector golden(String picture, float[] logits) {
        double inBody = Softmax.inBody(logits);
        return new GoldenVector(picture, List.of(inBody, 1 - inBody));
    }
}
