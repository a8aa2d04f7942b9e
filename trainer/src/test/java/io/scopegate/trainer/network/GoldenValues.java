package io.scopegate.trainer.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.trainer.network.TensorSpec.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Assumptions;

/** Golden values that MONAI computed, and the formula for the weights that it computed them with. */
public final class GoldenValues {

    private static final long MULTIPLIER = 1_664_525;
    private static final long INCREMENT = 1_013_904_223;
    private static final long MASK = 0xffff_ffffL;

    private final Path folder;
    private final JsonNode root;

    private GoldenValues(Path folder, JsonNode root) {
        this.folder = folder;
        this.root = root;
    }

    /** Loads the values, or skips the test if they are absent. */
    public static GoldenValues load() throws IOException {
        Path folder = shared().resolve("golden");
        Path file = folder.resolve("golden.json");
        Assumptions.assumeTrue(Files.exists(file), "skipped: the golden values ../shared/golden are not here");
        return new GoldenValues(folder, new ObjectMapper().readTree(file.toFile()));
    }

    /** Returns the folder beside the project that holds the reference values. */
    public static Path shared() {
        return Path.of(System.getProperty("scopegate.root")).resolve("../shared");
    }

    public JsonNode root() {
        return root;
    }

    public Path picture(String name) {
        return folder.resolve(name);
    }

    /** Returns the full network's weights by the formula. */
    public static StateDict weights() {
        return weights(new SeResNet(Architecture.SE_RESNET_50));
    }

    /** Returns a network's weights by the formula. */
    public static StateDict weights(SeResNet network) {
        return StateDict.of(network, GoldenValues::values);
    }

    private static float[] values(TensorSpec tensor) {
        Function<Double, Double> element = element(tensor);
        CRC32 crc = new CRC32();
        crc.update(tensor.key().getBytes(StandardCharsets.UTF_8));
        long state = crc.getValue();
        float[] values = new float[tensor.elements()];
        for (int k = 0; k < values.length; k++) {
            state = (MULTIPLIER * state + INCREMENT) & MASK;
            values[k] = element.apply((state >> 8) / (double) (1 << 24) - 0.5).floatValue();
        }
        return values;
    }

    private static Function<Double, Double> element(TensorSpec tensor) {
        Role role = tensor.role();
        return switch (role) {
            case RUNNING_MEAN, NORM_BIAS, DENSE_BIAS -> u -> 0.2 * u;
            case RUNNING_VARIANCE -> u -> 1 + 0.5 * u;
            case NORM_WEIGHT -> u -> 1 + 0.2 * u;
            case CONVOLUTION_WEIGHT -> u -> 1.4 * u * Math.sqrt(6.0 / tensor.fanIn());
            case DENSE_WEIGHT -> u -> 2 * u * Math.sqrt(3.0 / tensor.fanIn());
        };
    }
}
