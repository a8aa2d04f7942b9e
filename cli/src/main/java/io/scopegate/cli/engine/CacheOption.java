package io.scopegate.cli.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.scopegate.cli.report.FaultText;
import io.scopegate.inference.engine.EngineInventory;
import io.scopegate.inference.engine.EngineStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which cache, and how what is in it is shown. */
final class CacheOption {

    private static final int FAILED = 1;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            defaultValue = "${sys:user.home}/" + EngineStore.USUAL_PLACE,
            description = "Folder of the engine cache, as set by scopegate.inference.engine-cache. Default:"
                    + " ${DEFAULT-VALUE}.")
    private Path directory = Path.of("");

    @Option(
            names = "--json",
            description = "Print one JSON object per engine, each on a line; after a failure, one that says why.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    Path directory() {
        return directory;
    }

    boolean json() {
        return json;
    }

    /** What a command does with the cache. */
    interface Look {
        Stream<Shown> at(EngineInventory inventory) throws IOException;
    }

    /** One engine for people and for programs. */
    record Shown(String line, ObjectNode object) {}

    /** @return exit code */
    int show(Look look) {
        try {
            look.at(new EngineInventory(directory))
                    .forEach(shown -> spec.commandLine()
                            .getOut()
                            .println(json ? shown.object().toString() : shown.line()));
            return 0;
        } catch (IOException e) {
            String reason = FaultText.alone(e);
            spec.commandLine().getErr().println("scopegate: " + reason);
            if (json) {
                spec.commandLine().getOut().println(FaultText.json(reason));
            }
            return FAILED;
        }
    }
}
