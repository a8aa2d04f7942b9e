package io.scopegate.bundle.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scopegate.bundle.model.ModelManifest.GoldenVector;
import io.scopegate.bundle.model.ModelManifest.GoldenVectors;
import io.scopegate.bundle.model.ModelManifest.Input;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.bundle.preprocess.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPublisherTest {

    private static final int PUBLISHERS = 4;
    private static final int ROUNDS = 10;
    private static final int DRAFT_FILES = 200;

    @TempDir
    Path models;

    @Test
    void anOldDraftIsRemovedAndANewOneStays() throws Exception {
        Path old = draft("old", Duration.ofDays(2));
        Path current = draft("current", Duration.ofHours(23));

        publish(1);

        assertThat(old).doesNotExist();
        assertThat(current).isDirectory();
    }

    @Test
    void danglingDraftLinkDoesNotPreventPublication() throws Exception {
        Path drafts = Files.createDirectories(models.resolve("inbody"));
        Files.createSymbolicLink(drafts.resolve(".draft-gone"), drafts.resolve("nowhere"));

        assertThat(publish(1).directory()).isDirectory();
    }

    @Test
    void publishersThatRemoveTheSameDraftAllSucceed() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS)) {
            for (int round = 0; round < ROUNDS; round++) {
                Path old = draft("old", Duration.ofDays(2));
                List<Future<PublishedModel>> published = new ArrayList<>();
                for (int k = 1; k <= PUBLISHERS; k++) {
                    int version = round * PUBLISHERS + k;
                    published.add(threads.submit(() -> publish(version)));
                }
                for (Future<PublishedModel> each : published) {
                    assertThat(each.get().directory()).isDirectory();
                }
                assertThat(old).doesNotExist();
            }
        }
    }

    private Path draft(String name, Duration age) throws IOException {
        Path draft = Files.createDirectories(models.resolve("inbody/.draft-" + name));
        for (int k = 0; k < DRAFT_FILES; k++) {
            Files.writeString(draft.resolve("file-" + k), "x");
        }
        return Files.setLastModifiedTime(draft, FileTime.from(Instant.now().minus(age)));
    }

    private PublishedModel publish(int version) throws IOException, ModelUnusableException {
        ModelManifest manifest = new ModelManifest(
                "inbody",
                version,
                "model.onnx",
                List.of("inbody", "outbody"),
                new Input("INPUT__0", InputShape.REFERENCE, Preprocessing.ID),
                "OUTPUT__0",
                0.5,
                8,
                new GoldenVectors(0.001, List.of(new GoldenVector("0.png", List.of(0.25, 0.75)))),
                List.of(),
                JsonNodeFactory.instance.objectNode().put("use", "not for clinical use"));
        return ModelPublisher.publish(models, manifest, draft -> {
            Files.write(draft.resolve("model.onnx"), new byte[] {1, 2, 3});
            Files.write(draft.resolve("0.png"), new byte[] {9});
        });
    }
}
