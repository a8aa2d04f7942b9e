package io.scopegate.cli.models;

import picocli.CommandLine.Parameters;

/** Which model is meant, where a server may serve several. */
final class ModelName {

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            defaultValue = "",
            description = "Name of the model. Required only if the server serves several.")
    private String name = "";

    /** Empty where it is left out. */
    String orNone() {
        return name;
    }
}
