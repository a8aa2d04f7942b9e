package io.scopegate.cli.engine;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./scopegate engine list} */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "Shows each engine and, after reading all of it, whether it is sound. Changes nothing. Files that are "
                        + "not a cache's are not shown.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done, also where an engine is not sound or cannot be read",
            "1:the cache cannot be read",
            "2:wrong arguments"
        })
final class ListCommand implements Callable<Integer> {

    @Mixin
    private CacheOption cache = new CacheOption();

    @Override
    public Integer call() {
        return cache.show(inventory -> inventory.list().stream().map(EngineText::listed));
    }
}
