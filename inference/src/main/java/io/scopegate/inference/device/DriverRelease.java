package io.scopegate.inference.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of NVIDIA's driver itself, as its kernel module reports it. Two drivers for the same CUDA version differ
 * in it.
 *
 * @param file where Linux reports it, under {@code /proc}
 */
public record DriverRelease(Path file) {

    /** The version if the machine does not report it. */
    public static final String UNKNOWN = "unknown";

    private static final Pattern LINE =
            Pattern.compile("NVRM version:.*?\\s(\\d{1,5}(?:\\.\\d{1,5}){1,3})(?:\\s.*)?", Pattern.DOTALL);

    /** Returns the version, such as {@code 580.65.06}, or {@link #UNKNOWN}. */
    public String text() {
        try {
            Matcher line = LINE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            return line.matches() ? line.group(1) : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
