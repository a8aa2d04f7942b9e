package io.scopegate.cli.bench;

import io.scopegate.cli.bench.echo.Echo;
import io.scopegate.cli.bench.target.BareModel;

/**
 * One short turn of each measurement, one right after the other.
 *
 * @param bare the model without the stack
 * @param stack the running stack
 * @param echo the messages without the stack
 */
record Round(BareModel.Figures bare, StackFigures stack, Echo.Figures echo) {

    double ratioToBareModel() {
        return stack.framesPerSecond() / bare.runsPerSecond();
    }

    double ratioToEcho() {
        return stack.framesPerSecond() / echo.framesPerSecond();
    }
}
