package io.scopegate.trainer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

    @TempDir
    Path folder;

    private Path first;
    private Path second;

    @BeforeEach
    void writeFiles() throws IOException {
        first = Files.writeString(folder.resolve("first.json"), """
                {
                  "$schema": "schema.json",
                  "network": {"width": 8, "blocks": [1, 2, 3, 4]},
                  "data": {"train": "a.json", "validation": "v.json"},
                  "runs": "runs"
                }
                """);
        Path other = Files.createDirectory(folder.resolve("other"));
        second = Files.writeString(other.resolve("second.json"), """
                {"network": {"blocks": [5]}, "data": {"train": "b.json"}, "fit": {"epochs": 2}}
                """);
    }

    @Test
    void objectsAreMergedAndListsReplacedFromLeftToRight() throws IOException {
        Configuration merged = Configuration.read(List.of(first, second), List.of());

        assertThat(merged.root().toString())
                .isEqualTo("{\"network\":{\"width\":8,\"blocks\":[5]},"
                        + "\"data\":{\"train\":\"b.json\",\"validation\":\"v.json\"},"
                        + "\"runs\":\"runs\",\"fit\":{\"epochs\":2}}");
    }

    /**
     * A path in a file is relative to the folder of that file; a path in a typed setting, to the working directory.
     */
    @Test
    void eachPathIsRelativeToTheFileThatStatesIt() throws IOException {
        PlanReader plans =
                PlanReader.of(List.of(first, second), List.of("network.blocks=[1,1,1,1]", "data.test=t.json"));

        assertThat(plans.training().runs()).isEqualTo(folder.toAbsolutePath().resolve("runs"));
        SampleLists lists = plans.training().data().orElseThrow().lists().orElseThrow();
        assertThat(lists.train()).isEqualTo(folder.toAbsolutePath().resolve("other/b.json"));
        assertThat(lists.validation()).contains(folder.toAbsolutePath().resolve("v.json"));
        assertThat(lists.test()).contains(Path.of("t.json").toAbsolutePath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"network.blocks.1=9", "network#blocks#1=9", "network::blocks::1=9", "network.blocks#1=9"})
    void bothSeparatorsOfTheBundleAreUnderstood(String setting) throws IOException {
        assertThat(Configuration.read(List.of(first), List.of(setting))
                        .root()
                        .at("/network/blocks/1")
                        .intValue())
                .isEqualTo(9);
    }

    /** A typed setting that no file states is added, together with the objects that contain it. */
    @Test
    void absentKnownSettingIsAddedWithItsParentObjects() throws IOException {
        Configuration configuration =
                Configuration.read(List.of(first), List.of("fit.tensorAugmentation.maxShift=0.5"));

        assertThat(configuration.root().at("/fit/tensorAugmentation/maxShift").doubleValue())
                .isEqualTo(0.5);
    }

    @Test
    void laterSettingWins() throws IOException {
        assertThat(Configuration.read(List.of(first), List.of("seed=1", "seed=2"))
                        .root()
                        .get("seed")
                        .intValue())
                .isEqualTo(2);
    }

    @Test
    void keyThatIsThereTwiceIsRefusedWithFileAndLine() throws IOException {
        Files.writeString(first, "{\"seed\": 1,\n\"seed\": 2}");

        assertThatThrownBy(() -> Configuration.read(List.of(first), List.of()))
                .isInstanceOf(IOException.class)
                .message()
                .startsWith(first + ": not JSON: line 2: Duplicate")
                .contains("seed")
                .doesNotContain("\n");
    }

    @Test
    void unknownKeyOfAFileIsRefusedWithTheFileAndTheNearestSetting() throws IOException {
        Files.writeString(second, "{\"fit\": {\"batchsize\": 4}}");

        assertThatThrownBy(() -> Configuration.read(List.of(first, second), List.of()))
                .isInstanceOf(PlanException.class)
                .hasMessage(second + ": fit.batchsize: no such setting; the nearest is fit.batchSize");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "3", "", "null"})
    void fileThatIsNoObjectIsRefused(String json) throws IOException {
        Files.writeString(second, json);

        assertThatThrownBy(() -> Configuration.read(List.of(second), List.of()))
                .isInstanceOf(PlanException.class)
                .hasMessage(second + ": a JSON object, not something else");
    }
}
