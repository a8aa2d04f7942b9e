package io.scopegate.cli.soak;

import com.fasterxml.jackson.databind.JsonNode;
import io.scopegate.bundle.model.ModelUnusableException;
import io.scopegate.bundle.model.PublishedModel;
import io.scopegate.cli.lifetime.CloseableStack;
import io.scopegate.cli.lifetime.ScratchDirectory;
import io.scopegate.cli.reload.ModelCorruption;
import io.scopegate.cli.reload.ScratchRepository;
import io.scopegate.cli.server.ServerProcess;
import io.scopegate.cli.server.ServerStatusClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A server that serves signed versions from a repository of its own. Owns the process and the repository. Not
 * thread-safe, except for its status client.
 */
final class ReloadingServer implements ReloadTarget, AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;
    private static final int POLL_MILLIS = 20;
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final CloseableStack resources;
    private final ScratchRepository repository;
    private final ServerProcess process;
    private final ServerStatusClient status;
    private final String name;
    private int refused;

    private ReloadingServer(
            CloseableStack resources, ScratchRepository repository, ServerProcess process, String name) {
        this.resources = resources;
        this.repository = repository;
        this.process = process;
        this.status = process.status();
        this.name = name;
        resources.add(status::close);
    }

    /** Starts the server and waits until it serves version 1, a copy of the model. */
    static ReloadingServer start(SoakOptions options) throws IOException, InterruptedException, ModelUnusableException {
        CloseableStack resources = new CloseableStack();
        try {
            ReloadingServer server = start(options, resources);
            server.status.awaitModel();
            return server;
        } catch (IOException | InterruptedException | ModelUnusableException | RuntimeException | Error e) {
            try (resources) {
                throw e;
            }
        }
    }

    private static ReloadingServer start(SoakOptions options, CloseableStack resources)
            throws IOException, InterruptedException, ModelUnusableException {
        PublishedModel model = options.model();
        KeyPair pair = keyPair();
        ScratchDirectory keys = ScratchDirectory.create();
        resources.add(keys::close);
        Path publicKey = Files.writeString(keys.path().resolve("public.pem"), pem(pair.getPublic()));
        ScratchRepository repository = ScratchRepository.of(model, pair.getPrivate());
        resources.add(repository::close);
        ServerProcess process = options.start(List.of(
                "scopegate.models=" + repository.root(),
                "scopegate.model-public-key=" + publicKey,
                "scopegate.model.settle-time=0s",
                "scopegate.model.poll-interval=1s"));
        resources.add(process::close);
        return new ReloadingServer(
                resources, repository, process, model.manifest().name());
    }

    private static KeyPair keyPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n" + LINES.encodeToString(key.getEncoded()) + "\n-----END PUBLIC KEY-----\n";
    }

    ServerProcess process() {
        return process;
    }

    ServerStatusClient status() {
        return status;
    }

    @Override
    public void reload() throws IOException, InterruptedException, ModelUnusableException {
        repository.publishNext();
        await("served", health -> health.path("version").asInt() == repository.version());
    }

    /** Publishes a version spoiled in the next way, and waits until it is quarantined or reported as not complete. */
    @Override
    public void refuse() throws IOException, InterruptedException, ModelUnusableException {
        ModelCorruption[] all = ModelCorruption.values();
        repository.publishSpoiled(all[refused++ % all.length]);
        String reference = name + "/" + repository.version();
        await(
                "refused",
                health -> health.has("quarantined " + reference)
                        || health.path("waiting " + reference).asText().startsWith("not complete"));
    }

    @Override
    public double residentMegabytes() throws IOException {
        return process.usage().residentMegabytes();
    }

    private void await(String what, Predicate<JsonNode> condition) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!condition.test(status.modelHealth())) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new IOException(String.format(
                        Locale.ROOT,
                        "version %d is not %s after %d s; health of the server: %s",
                        repository.version(),
                        what,
                        PATIENCE_SECONDS,
                        status.modelHealth()));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        resources.close();
    }
}
