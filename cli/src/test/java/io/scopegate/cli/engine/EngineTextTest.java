package io.scopegate.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.scopegate.inference.engine.CachedEngine.Unreadable;
import io.scopegate.inference.engine.EngineInventory.Outcome;
import io.scopegate.inference.engine.EngineInventory.Pruned;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EngineTextTest {

    private static final Unreadable DENIED =
            new Unreadable(Path.of("/cache/aaaaaaaaaaaa"), 1, "/cache/aaaaaaaaaaaa: cannot be read: AccessDenied");

    @Test
    void anEngineThatCannotBeReadIsNeitherSoundNorUnsound() {
        assertThat(EngineText.listed(DENIED).line())
                .isEqualTo("aaaaaaaaaaaa  1 MiB  unreadable: /cache/aaaaaaaaaaaa: cannot be read: AccessDenied");
        assertThat(EngineText.listed(DENIED).object().toString())
                .contains("\"sound\":null,\"reason\":\"/cache/aaaaaaaaaaaa: cannot be read: AccessDenied\"");
    }

    @Test
    void unreadableEngineIsReportedAsNotReadByPrune() {
        assertThat(EngineText.pruned(new Pruned(DENIED, Outcome.NOT_READ)).line())
                .startsWith("not read         aaaaaaaaaaaa");
    }
}
