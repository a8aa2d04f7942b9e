package io.scopegate.trainer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.bundle.preprocess.InputShape;
import io.scopegate.trainer.dataset.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code configs/metadata.json} states the version, labels and shapes that the program has. */
class MetadataTest {

    private static final Path ROOT = Path.of(System.getProperty("scopegate.root"));

    @Test
    void metadataMatchVersionLabelsAndInputShape() throws IOException {
        JsonNode metadata = new ObjectMapper()
                .readTree(ROOT.resolve("configs/metadata.json").toFile());
        JsonNode image = metadata.at("/network_data_format/inputs/image");

        assertThat(Files.readString(ROOT.resolve("pom.xml")))
                .contains("<version>" + metadata.get("version").asText());
        assertThat(metadata.get("label_classes").asText())
                .isEqualTo("0: " + Label.values()[0].text() + ", 1: " + Label.values()[1].text());
        assertThat(image.at("/num_channels").asInt()).isEqualTo(InputShape.CHANNELS);
        assertThat(image.at("/spatial_shape/0").asInt()).isEqualTo(InputShape.REFERENCE.width());
        assertThat(image.at("/spatial_shape/1").asInt()).isEqualTo(InputShape.REFERENCE.height());
        assertThat(metadata.at("/network_data_format/outputs/pred/num_channels").asInt())
                .isEqualTo(Label.values().length);
    }
}
