package io.scopegate.trainer.export;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An engine of TensorRT, built from an ONNX file by TensorRT's own program. It fits only the kind of GPU that it was
 * built on.
 *
 * @param onnx what is built from
 * @param engine the file that is made
 * @param export tells the input's name and the precision
 */
public record TensorRtEngine(Path onnx, Path engine, OnnxExport export) {

    private static final String BUILDER = "trtexec";
    private static final int MOST_FRAMES = 8;

    /**
     * Builds it.
     *
     * @param searchPath folders to look for {@code trtexec} in, separated as in the environment's PATH
     * @throws IOException if the program is not there, saying what to install, or fails
     */
    public void build(String searchPath) throws IOException {
        Path builder = Arrays.stream(searchPath.split(Pattern.quote(File.pathSeparator)))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(BUILDER))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("engine: TensorRT's program " + BUILDER + " on the PATH, not absent."
                        + " Install NVIDIA's driver and TensorRT on the machine whose GPU is to run the engine, then: "
                        + String.join(" ", command(BUILDER)) + "; kept: " + onnx));
        int status = run(command(builder.toString()));
        if (status != 0) {
            throw new IOException("engine: " + BUILDER + " ends with status 0, not " + status + "; kept: " + onnx);
        }
    }

    private static int run(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("engine: interrupted while " + BUILDER + " ran", e);
        }
    }

    private List<String> command(String builder) {
        List<String> command = new ArrayList<>(List.of(builder, "--onnx=" + onnx, "--saveEngine=" + engine));
        command.add("--minShapes=" + shape(1));
        command.add("--optShapes=" + shape(1));
        command.add("--maxShapes=" + shape(MOST_FRAMES));
        if (export.precision() == Precision.FP16) {
            command.add("--fp16");
        }
        return command;
    }

    private String shape(int frames) {
        return "%s:%dx3x256x256".formatted(export.inputTensor(), frames);
    }
}
