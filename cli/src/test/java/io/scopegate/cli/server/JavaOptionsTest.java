package io.scopegate.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavaOptionsTest {

    @Test
    void optionsAreSplitAtAnyWhitespace() {
        assertThat(JavaOptions.of("-Da=b\n  -Dc=d\t-De=f  -Xlog:gc\n").all())
                .containsExactly("-Da=b", "-Dc=d", "-De=f", "-Xlog:gc");
    }

    @Test
    void blankTextHasNoOptions() {
        assertThat(JavaOptions.of("").all()).isEmpty();
        assertThat(JavaOptions.of(" \n").all()).isEmpty();
    }

    @Test
    void unsupportedOptionsOfTheExecutableAreDroppedWithAWarning() {
        List<String> warnings = new ArrayList<>();

        List<String> taken =
                JavaOptions.of("-Da=b -Xlog:gc -Xmx1g -XX:+UseSerialGC").ofTheExecutable(warnings::add);

        assertThat(taken).containsExactly("-Da=b", "-Xmx1g");
        assertThat(warnings)
                .containsExactly(
                        "SCOPEGATE_JAVA_OPTS: ignoring -Xlog:gc: the native executable takes only -D and -Xm options",
                        "SCOPEGATE_JAVA_OPTS: ignoring -XX:+UseSerialGC: the native executable takes only -D and -Xm"
                                + " options");
    }
}
