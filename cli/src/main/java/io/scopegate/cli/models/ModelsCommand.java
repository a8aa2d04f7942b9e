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
        description = {
            "Lists, loads, unloads and pins the model versions of a running server.",
            "",
            "The server must allow it; see scopegate.admin in docs/configuration.md."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:the token cannot be read, or the server cannot be reached or refused. Nothing has changed unless the"
                    + " message says so, or says that standard output cannot be written: then it is done; after INTERNAL, a timeout or a lost connection, 'models list' shows what is served",
            "2:wrong arguments"
        })
public final class ModelsCommand {

    @Command(name = "list", description = "Lists every version in the model repository of the server.")
    int list(@Mixin AdminCall call) {
        return call.run(ModelAdmin::list);
    }

    @Command(
            name = "load",
            description =
                    "Checks and serves a version, until a new higher version is published or the server restarts; use pin"
                            + " to keep it.")
    int load(
            @Mixin AdminCall call,
            @Parameters(
                            paramLabel = "NAME/VERSION",
                            converter = VersionArgument.Converter.class,
                            description = "Model and version, such as inbody/2.")
                    VersionArgument version) {
        return call.run(admin -> admin.load(version.name(), version.version()));
    }

    @Command(name = "unload", description = "Stops serving a model. Its frames are then answered as out of body.")
    int unload(
            @Mixin AdminCall call,
            @Parameters(
                            paramLabel = "NAME/VERSION",
                            converter = VersionArgument.Converter.class,
                            description = "Model and version, such as inbody/2.")
                    VersionArgument version) {
        return call.run(admin -> admin.unload(version.name(), version.version()));
    }

    @Command(name = "pin", description = "Checks and serves a version, and no other until it is unpinned.")
    int pin(
            @Mixin AdminCall call,
            @Parameters(
                            paramLabel = "NAME/VERSION",
                            converter = VersionArgument.Converter.class,
                            description = "Model and version, such as inbody/2.")
                    VersionArgument version) {
        return call.run(admin -> admin.pin(version.name(), version.version()));
    }

    @Command(
            name = "unpin",
            description = "Removes the pin: serves the highest valid version, and higher ones as they are published.")
    int unpin(@Mixin AdminCall call, @Mixin ModelName model) {
        return call.run(admin -> admin.unpin(model.orNone()));
    }

    @Command(name = "rollback", description = "Pins the highest version below the served one that passes all checks.")
    int rollback(@Mixin AdminCall call, @Mixin ModelName model) {
        return call.run(admin -> admin.rollback(model.orNone()));
    }
}
