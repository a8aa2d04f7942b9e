package io.scopegate.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.trainer.dataset.DataDigest;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import io.scopegate.trainer.dataset.Split;
import io.scopegate.trainer.network.Architecture;
import io.scopegate.trainer.network.KaimingInitialization;
import io.scopegate.trainer.network.SeResNet;
import io.scopegate.trainer.network.StateDict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProvenanceTest {

    private static final StateDict WEIGHTS =
            KaimingInitialization.stateDict(new SeResNet(new Architecture(4, List.of(1, 1, 1, 1))), 1);

    @Test
    void fewGroupsAreNamedAllAndCounted() {
        JsonNode train = data("group-%05d", 3).at("/data/train");

        assertThat(train.path("groups"))
                .extracting(JsonNode::asText)
                .containsExactly("group-00000", "group-00001", "group-00002");
        assertThat(train.path("groupCount").asInt()).isEqualTo(3);
    }

    @Test
    void manyGroupsAreListedUpToTheManifestLimitAndCounted() {
        JsonNode train = data("group-%05d", 30_000).at("/data/train");

        assertThat(train.path("groups")).hasSizeBetween(1000, 29_999);
        assertThat(train.at("/groups/1").asText()).isEqualTo("group-00001");
        assertThat(train.path("groupCount").asInt()).isEqualTo(30_000);
    }

    /**
     * Each of the three splits has 30,000 groups, whose names contain 300 control characters, of six bytes each in
     * JSON: the provenance stays below 768 KiB.
     */
    @Test
    void provenanceOfLongGroupNamesStaysBelowTheManifestLimit() {
        ObjectNode provenance = data("\u0001".repeat(300) + "%05d", 30_000);

        assertThat(provenance.toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(3 << 18);
    }

    private static ObjectNode data(String name, int groups) {
        List<LabelledFrame> frames = IntStream.range(0, groups)
                .mapToObj(k -> new LabelledFrame(Path.of("gone.jpg"), Label.IN_BODY, name.formatted(k)))
                .toList();
        return new Provenance(WEIGHTS)
                .data(new Split(frames, frames, frames), new DataDigest())
                .toJson();
    }
}
