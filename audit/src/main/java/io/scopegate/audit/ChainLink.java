package io.scopegate.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One line of the log as a link of the chain: a JSON object that holds the hash of the line before, and whose last
 * member is the SHA-256 of all bytes of the line before that member.
 *
 * @param sequence number of the line in the log, from 1
 * @param line number in its file, from 1, so that lines cut off before it are noticed; 0 if an earlier version wrote it
 * @param previous hash of the line before; zeros for the first
 * @param hash of this line
 * @param kind of the event
 * @param details of the event
 */
record ChainLink(long sequence, long line, String previous, String hash, String kind, JsonNode details) {

    static final String START = "0".repeat(64);

    /**
     * The longest line, with its line break; far more than any event needs. Bounds the memory for opening or verifying
     * a log.
     */
    static final int MOST_BYTES = 1 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HASH_MEMBER = ",\"hash\":\"";
    private static final String END = "\"}";
    private static final int HASH_DIGITS = 64;

    /**
     * Thrown for a line that is not one of the log, or whose content is not what was written; the message says which.
     */
    static final class BrokenLineException extends Exception {

        private static final long serialVersionUID = 1;

        BrokenLineException(String message) {
            super(message);
        }
    }

    /**
     * Returns the line for an event, with its line break.
     *
     * @throws IOException if the line is too long
     */
    static String write(long sequence, long line, String previous, AuditEvent event) throws IOException {
        ObjectNode link = JsonNodeFactory.instance.objectNode();
        link.put("seq", sequence).put("line", line);
        link.put("time", event.time().toString()).put("event", event.kind());
        ObjectNode details = link.putObject("details");
        event.details().forEach(details::put);
        link.put("previous", previous);
        String text = JSON.writeValueAsString(link);
        String open = text.substring(0, text.length() - 1);
        byte[] content = open.getBytes(StandardCharsets.UTF_8);
        String close = HASH_MEMBER + sha256(content) + END + "\n";
        int bytes = content.length + close.length();
        if (bytes > MOST_BYTES) {
            throw new IOException(event.kind() + ": a line of at most " + MOST_BYTES + " bytes, not " + bytes);
        }
        return open + close;
    }

    /** Parses a line, given without its line break, and checks its own hash. */
    static ChainLink read(String line) throws BrokenLineException {
        int at = line.length() - END.length() - HASH_DIGITS - HASH_MEMBER.length();
        if (at < 0 || !line.startsWith(HASH_MEMBER, at) || !line.endsWith(END)) {
            throw new BrokenLineException("not a line of an audit log");
        }
        String hash = line.substring(at + HASH_MEMBER.length(), line.length() - END.length());
        String actual = sha256(line.substring(0, at).getBytes(StandardCharsets.UTF_8));
        if (!actual.equals(hash)) {
            throw new BrokenLineException("hash: " + actual + " of its content, not " + hash);
        }
        return parse(line, hash);
    }

    private static ChainLink parse(String line, String hash) throws BrokenLineException {
        try {
            JsonNode node = JSON.readTree(line);
            return new ChainLink(
                    node.path("seq").asLong(),
                    node.path("line").asLong(),
                    node.path("previous").asText(),
                    hash,
                    node.path("event").asText(),
                    node.path("details"));
        } catch (IOException e) {
            throw new BrokenLineException("not JSON");
        }
    }

    static String sha256(byte[] bytes) {
        return text(sha256().digest(bytes));
    }

    /** Returns a hash in the form in which the log writes it. */
    static String text(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
