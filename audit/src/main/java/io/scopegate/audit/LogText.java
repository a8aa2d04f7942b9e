package io.scopegate.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file of the log holds.
 *
 * @param lines whole ones, without their line breaks
 * @param remains bytes behind the last line break, of a line that was not written whole
 */
record LogText(List<String> lines, byte[] remains) {

    static LogText read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        // What is not UTF-8 becomes another character, and so breaks its line.
        String whole = new String(bytes, 0, end, StandardCharsets.UTF_8);
        List<String> lines = whole.isEmpty()
                ? List.of()
                : Arrays.asList(whole.substring(0, whole.length() - 1).split("\n", -1));
        return new LogText(lines, Arrays.copyOfRange(bytes, end, bytes.length));
    }

    @Nullable
    String lastLine() {
        return lines.isEmpty() ? null : lines.getLast();
    }
}
