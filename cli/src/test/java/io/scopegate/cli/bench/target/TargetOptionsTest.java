package io.scopegate.cli.bench.target;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.scopegate.inference.target.ExecutionTarget;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TargetOptionsTest {

    @Test
    void aServerOnTheTargetIsTaken() throws IOException {
        JsonNode health = health("{\"target\": \"tensorrt-fp16\"}");

        assertThatCode(() -> TargetOptions.requireServed(health, ExecutionTarget.TENSORRT_FP16))
                .doesNotThrowAnyException();
    }

    @Test
    void aServerThatFellBackIsRefusedWithItsReason() throws IOException {
        JsonNode health =
                health("{\"target\": \"tensorrt-fp32\", \"fallback\": \"tensorrt-fp16: answers differently\"}");

        assertThatThrownBy(() -> TargetOptions.requireServed(health, ExecutionTarget.TENSORRT_FP16))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "the server runs on tensorrt-fp32 instead of tensorrt-fp16: tensorrt-fp16: answers differently");
    }

    private static JsonNode health(String data) throws IOException {
        return new ObjectMapper()
                .readTree("{\"checks\": [{\"name\": \"other\"}, {\"name\": \"model\", \"data\": " + data + "}]}");
    }
}
