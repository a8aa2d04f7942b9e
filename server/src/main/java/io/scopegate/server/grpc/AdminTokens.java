package io.scopegate.server.grpc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The bearer tokens for the administration service. Only their digests are kept. */
public final class AdminTokens {

    private static final int SHORTEST = 16;

    private final List<Holder> holders;

    private AdminTokens(List<Holder> holders) {
        this.holders = List.copyOf(holders);
    }

    private record Holder(byte[] digest, String name) {}

    /** Returns an empty set of tokens. */
    public static AdminTokens none() {
        return new AdminTokens(List.of());
    }

    /**
     * Reads a file with one line per token: the token, and after white space the name of its holder for the log.
     *
     * @throws IllegalArgumentException if the file cannot be read, a token is too short, or there is none; names the
     *     file and the fault, but no token
     */
    public static AdminTokens read(Path file) {
        List<Holder> holders = new ArrayList<>();
        for (String line : lines(file)) {
            String[] words = line.strip().split("\\s+", 2);
            if (words[0].isEmpty()) {
                continue;
            }
            if (words[0].length() < SHORTEST) {
                throw new IllegalArgumentException(
                        file + ": tokens of at least " + SHORTEST + " characters, not " + words[0].length());
            }
            holders.add(new Holder(digest(words[0]), words.length == 1 ? "admin" : words[1]));
        }
        if (holders.isEmpty()) {
            throw new IllegalArgumentException(file + ": at least one token, not an empty file");
        }
        return new AdminTokens(holders);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": cannot be read: no such file", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e, e);
        }
    }

    /** Returns the name of the token's holder. Takes the same time for every token of one length. */
    Optional<String> holder(String token) {
        byte[] digest = digest(token);
        Optional<String> found = Optional.empty();
        for (Holder holder : holders) {
            if (MessageDigest.isEqual(holder.digest(), digest)) {
                found = Optional.of(holder.name());
            }
        }
        return found;
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
