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

/** Options that select the engine cache and the format in which its content is printed. */
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

    /** Lists the engines to show; a command may also change the cache. */
    interface Look {
        Stream<Shown> at(EngineInventory inventory) throws IOException;
    }

    /** One engine, as a line for humans and as an object for programs. */
    record Shown(String line, ObjectNode object) {}

    /**
     * Prints the engines.
     *
     * @return exit status
     */
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
