package io.scopegate.bundle.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** Turns a JSON parser's exception into a message for people. */
public final class JsonFault {

    private static final Pattern PLACE = Pattern.compile("\\[Source: .*?; line: (\\d+), column: (\\d+)]");

    private JsonFault() {}

    /**
     * Returns the line that cannot be read, if it is known, and the reason. The parser's description of its source is
     * left out.
     */
    public static String text(JsonProcessingException e) {
        String first = e.getOriginalMessage().lines().findFirst().orElse("");
        String reason = PLACE.matcher(first).replaceAll("line $1, column $2");
        JsonLocation place = e.getLocation();
        return place == null ? reason : "line " + place.getLineNr() + ": " + reason;
    }
}
