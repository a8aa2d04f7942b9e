package io.scopegate.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.cli.server.StandInClassifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoStreamTest {

    private static final int FRAMES_PER_SECOND = 1000;

    @Test
    void aClipIsPlayedOverAndOverUntilItsEndAndEachAnswerIsThatOfItsFrame() throws Exception {
        DemoClip clip = new DemoClip(List.of(frame("drape"), frame("gallbladder"), frame("floor")), 7);
        List<String> shown = new ArrayList<>();

        try (StandInClassifier server = StandInClassifier.classifying()) {
            DemoStream.play(
                    server.address(),
                    FRAMES_PER_SECOND,
                    clip,
                    (frame, answer) -> shown.add(answer.frameId() + " " + frame.name()));

            assertThat(server.framesBy()).hasSize(7);
        }

        assertThat(shown)
                .containsExactly(
                        "1 drape", "2 gallbladder", "3 floor", "4 drape", "5 gallbladder", "6 floor", "7 drape");
    }

    private static DemoFrame frame(String name) {
        return new DemoFrame(name, "outbody", new byte[] {1});
    }
}
