package io.scopegate.cli.engine;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./scopegate engine list} */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the engines in a cache and whether each is valid.",
            "",
            "Reads every engine completely and changes nothing. Other files are not listed."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done, even if an engine is invalid or cannot be read",
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
