package io.scopegate.cli.bench.echo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.scopegate.proto.v1.FrameAnswer;
import org.junit.jupiter.api.Test;

class EchoAnswerTest {

    @Test
    void echoAnswerHasEveryFieldOfAClassifiedAnswer() {
        FrameAnswer answer =
                EchoAnswer.of(7, Timestamp.newBuilder().setSeconds(5).build()).getAnswer();

        assertThat(answer.getFrameId()).isEqualTo(7);
        assertThat(answer.getTimings().getAllFields())
                .hasSize(answer.getTimings().getDescriptorForType().getFields().size());
        assertThat(answer.getAllFields().keySet())
                .extracting(field -> field.getName())
                .contains("outcome", "verdict", "raw_verdict", "reason", "probabilities", "raw_class", "model");
    }
}
