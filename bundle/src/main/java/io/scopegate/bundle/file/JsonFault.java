package io.scopegate.bundle.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** What a JSON parser's exception says to a person. */
public final class JsonFault {

    private static final Pattern PLACE = Pattern.compile("\\[Source: .*?; line: (\\d+), column: (\\d+)]");

    private JsonFault() {}

    /** The line that cannot be read, where that is known, and why, without what the parser calls a source. */
    public static String text(JsonProcessingException e) {
        String first = e.getOriginalMessage().lines().findFirst().orElse("");
        String reason = PLACE.matcher(first).replaceAll("line $1, column $2");
        JsonLocation place = e.getLocation();
        return place == null ? reason : "line " + place.getLineNr() + ": " + reason;
    }
}
