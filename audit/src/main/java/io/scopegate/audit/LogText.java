package io.scopegate.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

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
        String whole = decode(bytes, end);
        List<String> lines = whole.isEmpty()
                ? List.of()
                : Arrays.asList(whole.substring(0, whole.length() - 1).split("\n", -1));
        return new LogText(lines, Arrays.copyOfRange(bytes, end, bytes.length));
    }

    /** What is not UTF-8 becomes a character that no line is written with, and so breaks its line. */
    static String decode(byte[] bytes, int end) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith("\0")
                .decode(ByteBuffer.wrap(bytes, 0, end))
                .toString();
    }
}
