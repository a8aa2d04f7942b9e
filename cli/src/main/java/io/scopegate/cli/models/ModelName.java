package io.scopegate.cli.models;

import picocli.CommandLine.Parameters;

/** The model that is meant, if a server serves several. */
final class ModelName {

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            defaultValue = "",
            description = "Name of the model. Required only if the server serves several.")
    private String name = "";

    /** Returns the name; empty if it is left out. */
    String orNone() {
        return name;
    }
}
