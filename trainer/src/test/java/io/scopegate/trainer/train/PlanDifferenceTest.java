package io.scopegate.trainer.train;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanDifferenceTest {

    /**
     * One plan states a setting and the other omits it: no difference if the stated value has the same effect as none.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'fit': {'checkpoint': 'best'}} | {'fit': {}}",
                "{'fit': {'checkpoint': null}} | {'fit': {'checkpoint': 'best'}}",
                "{'fit': {'power': 1.0}} | {'fit': {}}",
                "{'fit': {'averaging': 0.0}} | {'fit': {'averaging': 0}}",
                "{} | {'seed': 123}",
                "{'fit': {'devices': ['cpu']}} | {'fit': {}}",
                "{'fit': {'tensorAugmentation': {'rotationProbability': 0.2, 'maxRotation': 0.3, 'scaleProbability': 0.5,"
                        + " 'maxScale': 0.3, 'shiftProbability': 0.5, 'maxShift': 0.1, 'noiseProbability': 0.15,"
                        + " 'maxNoise': 0.01, 'flipProbability': 0.5}}} | {'fit': {}}",
                "{'data': {'validationGroups': []}} | {'data': {}}",
                "{'data': {'sources': [{'folder': 'a', 'weight': 1}]}} | {'data': {'sources': [{'folder': 'a'}]}}",
                "{'data': {'sources': [{'folder': 'x/a/', 'group': 'a'}]}} | {'data': {'sources': [{'folder': 'x/a/'}]}}",
                "{'fit': {'warmUp': 0}} | {'fit': {}}",
                "{'fit': {'schedule': 'step', 'warmUp': 0}} | {'fit': {'schedule': 'step', 'warmUp': null}}",
                "{'fit': {'microBatch': 64}} | {'fit': {}}",
                "{'fit': {'batchSize': 8, 'microBatch': 1000000}} | {'fit': {'batchSize': 8}}",
            })
    void statedDefaultIsNoDifference(String one, String other) {
        assertThatCode(() -> compare(one, other)).doesNotThrowAnyException();
        assertThatCode(() -> compare(other, one)).doesNotThrowAnyException();
    }

    /** A setting that one plan omits is reported with its default, unless that follows from other settings. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'fit': {'checkpoint': 'last'}} | {'fit': {}}"
                        + " | fit.checkpoint: as in the state s, \"last\", not the default \"best\"",
                "{'fit': {'checkpoint': 'best'}} | {'fit': {'epochs': 2}}"
                        + " | fit.epochs: as in the state s, the default 25, not 2",
                "{'data': {'sources': [{'folder': 'a'}]}} | {'data': {'sources': [{'folder': 'b'}]}}"
                        + " | data.sources.0.folder: as in the state s, \"a\", not \"b\"",
                "{'data': {'heldOutGroups': ['a']}} | {'data': {}}"
                        + " | data.heldOutGroups: as in the state s, [\"a\"], not the default []",
                "{'fit': {'devices': ['cpu', 'cpu']}} | {'fit': {}}"
                        + " | fit.devices: as in the state s, [\"cpu\",\"cpu\"], not the default [\"cpu\"]",
                "{'data': {'sources': [{'folder': 'x/a', 'group': 'x'}]}} | {'data': {'sources': [{'folder': 'x/a'}]}}"
                        + " | data.sources.0.group: as in the state s, \"x\", not absent",
                "{'data': {'sources': [{'folder': 'a/..', 'group': 'a'}]}} | {'data': {'sources': [{'folder': 'a/..'}]}}"
                        + " | data.sources.0.group: as in the state s, \"a\", not absent",
                "{'fit': {'schedule': 'cosine', 'warmUp': 0}} | {'fit': {'schedule': 'cosine'}}"
                        + " | fit.warmUp: as in the state s, 0, not absent",
                "{'fit': {}} | {'fit': {'warmUp': 5}} | fit.warmUp: as in the state s, absent, not 5",
                "{'fit': {'microBatch': 32}} | {'fit': {}} | fit.microBatch: as in the state s, 32, not absent",
                "{'devices': 1} | {'devices': 2} | devices: as in the state s, 1, not 2",
                "{'seed': 1, 'fit': {'epochs': 7, 'averaging': 0.5}} | {'seed': 2, 'fit': {'epochs': 8}}"
                        + " | fit.averaging: as in the state s, 0.5, not the default 0; fit.epochs: 7, not 8;"
                        + " seed: 1, not 2",
                "{'devices': 1} | {} | devices: as in the state s, 1, not absent",
            })
    void differingSettingsAreNamed(String saved, String plan, String complaint) {
        assertThatThrownBy(() -> compare(saved, plan))
                .isInstanceOf(IOException.class)
                .hasMessage(complaint);
    }

    private static void compare(String saved, String plan) throws IOException {
        PlanDifference.refuse(Path.of("s"), json(saved), json(plan));
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
