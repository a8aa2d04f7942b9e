package io.scopegate.inference.device;

import io.scopegate.bundle.file.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The oldest versions that ONNX Runtime's providers run with: those that they were built with, and what the TensorRT
 * library beside them requires of the driver.
 *
 * @param cuda as {@code 1000 x major + 10 x minor}
 * @param tensorRt as {@code 10000 x major + 100 x minor + patch}
 * @param tensorRtCuda the CUDA version that the driver must support for TensorRT, in the form of {@code cuda}
 */
record ProviderBuild(int cuda, int tensorRt, int tensorRtCuda) {

    /**
     * A file beside the libraries with the keys {@code cuda} and {@code tensorrt}, such as 12.6 and 10.3, and {@code
     * tensorrt.cuda} if TensorRT requires another CUDA version of the driver than the providers.
     */
    static final String FILE = "provider.properties";

    /** The versions of the published libraries for x86-64. */
    static final ProviderBuild PUBLISHED = new ProviderBuild(12080, 101401, 12080);

    private static final String TENSORRT_CUDA = "tensorrt.cuda";

    private static final Pattern VERSION = Pattern.compile("(\\d{1,3})\\.(\\d{1,2})(?:\\.(\\d{1,2}))?");

    /**
     * Returns the versions that the libraries in a folder were built with, or {@link #PUBLISHED} if it does not state
     * them.
     *
     * @throws ProbeFailedException naming the file, if it cannot be read or states anything else
     */
    static ProviderBuild in(@Nullable Path folder) throws ProbeFailedException {
        if (folder == null || !Files.exists(folder.resolve(FILE))) {
            return PUBLISHED;
        }
        Path file = folder.resolve(FILE);
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new ProbeFailedException(file + ": cannot be read: " + FileFault.reason(file, e));
        } catch (IllegalArgumentException e) {
            throw new ProbeFailedException(file + ": cannot be read: not a properties file");
        }
        int cuda = cuda(version(file, properties, "cuda"));
        Matcher tensorRt = version(file, properties, "tensorrt");
        return new ProviderBuild(
                cuda,
                10_000 * number(tensorRt, 1) + 100 * number(tensorRt, 2) + number(tensorRt, 3),
                properties.containsKey(TENSORRT_CUDA) ? cuda(version(file, properties, TENSORRT_CUDA)) : cuda);
    }

    private static int cuda(Matcher version) {
        return 1000 * number(version, 1) + 10 * number(version, 2);
    }

    private static Matcher version(Path file, Properties properties, String key) throws ProbeFailedException {
        String value = properties.getProperty(key, "");
        Matcher version = VERSION.matcher(value.strip());
        if (!version.matches()) {
            throw new ProbeFailedException(file + ": " + key + ": a version such as 10.3, not \"" + value + '"');
        }
        return version;
    }

    private static int number(Matcher version, int group) {
        String number = version.group(group);
        return number == null ? 0 : Integer.parseInt(number);
    }

    String cudaText() {
        return cudaText(cuda);
    }

    static String cudaText(int cuda) {
        return cuda / 1000 + "." + cuda % 1000 / 10;
    }

    String tensorRtText() {
        return tensorRtText(tensorRt);
    }

    static String tensorRtText(int tensorRt) {
        return tensorRt / 10_000 + "." + tensorRt % 10_000 / 100 + "." + tensorRt % 100;
    }

    /** Returns the first TensorRT version with another interface. */
    int nextTensorRt() {
        return (tensorRt / 10_000 + 1) * 10_000;
    }
}
