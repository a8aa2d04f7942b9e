package io.scopegate.trainer.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Reads a JSON file that people write: a key that is there twice, or text after the end, is an error. */
public final class JsonFile {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Pattern PLACE = Pattern.compile("\\[Source: .*?; line: (\\d+), column: (\\d+)]");

    private JsonFile() {}

    /**
     * The file's one value; a missing node if it is empty.
     *
     * @throws IOException in one line that names the file, and where it is not JSON the line in it
     */
    public static JsonNode read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": no such file");
        }
        try {
            return JSON.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new IOException("%s: not JSON: line %d: %s".formatted(file, line, firstLine(e)), e);
        }
    }

    /** The parser names a place beside the file's name, which is known, and what it calls a source. */
    private static String firstLine(JsonProcessingException e) {
        String first = e.getOriginalMessage().lines().findFirst().orElse("");
        return PLACE.matcher(first).replaceAll("line $1, column $2");
    }
}
