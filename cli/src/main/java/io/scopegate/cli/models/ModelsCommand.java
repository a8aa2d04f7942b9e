package io.scopegate.cli.models;

import io.scopegate.client.ModelAdmin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** {@code ./scopegate models COMMAND} */
@Command(
        name = "models",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        description = "Says which versions a running server serves. The server has to allow it: "
                + "scopegate.admin.enabled=true and scopegate.admin.token-file.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:the token cannot be read, or the server cannot be reached or refuses. Nothing has changed, unless the message"
                    + " says that it is done or leaves it open: INTERNAL, no answer in time, a connection lost on the"
                    + " way. Then 'models list' tells what serves now",
            "2:wrong arguments"
        })
public final class ModelsCommand {

    @Command(name = "list", description = "Shows every version in the server's repository.")
    int list(@Mixin AdminCall call) {
        return call.run(ModelAdmin::list);
    }

    @Command(
            name = "load",
            description =
                    "Serves a version now, after all checks, until a higher one comes that is not there yet, or the"
                            + " server starts again: only a pin is kept.")
    int load(
            @Mixin AdminCall call,
            @Parameters(paramLabel = "NAME/VERSION", converter = VersionArgument.Converter.class)
                    VersionArgument version) {
        return call.run(admin -> admin.load(version.name(), version.version()));
    }

    @Command(name = "unload", description = "Serves none of this model: every frame for it is answered out of body.")
    int unload(
            @Mixin AdminCall call,
            @Parameters(paramLabel = "NAME/VERSION", converter = VersionArgument.Converter.class)
                    VersionArgument version) {
        return call.run(admin -> admin.unload(version.name(), version.version()));
    }

    @Command(name = "pin", description = "Serves a version now, after all checks, and no other from then on.")
    int pin(
            @Mixin AdminCall call,
            @Parameters(paramLabel = "NAME/VERSION", converter = VersionArgument.Converter.class)
                    VersionArgument version) {
        return call.run(admin -> admin.pin(version.name(), version.version()));
    }

    @Command(name = "unpin", description = "Serves the highest sound version, and every higher one that comes.")
    int unpin(@Mixin AdminCall call, @Mixin ModelName model) {
        return call.run(admin -> admin.unpin(model.orNone()));
    }

    @Command(name = "rollback", description = "Pins the highest version below the served one that passes all checks.")
    int rollback(@Mixin AdminCall call, @Mixin ModelName model) {
        return call.run(admin -> admin.rollback(model.orNone()));
    }
}
