package io.scopegate.cli.models;

import picocli.CommandLine.Parameters;

/** Which model is meant, where a server may serve several. */
final class ModelName {

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            defaultValue = "",
            description = "The model; may be left out where the server serves one alone.")
    private String name = "";

    /** Empty where it is left out. */
    String orNone() {
        return name;
    }
}
