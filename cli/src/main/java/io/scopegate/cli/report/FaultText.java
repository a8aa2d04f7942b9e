package io.scopegate.cli.report;

import io.scopegate.trainer.file.FileFault;
import java.io.IOException;

/** What an exception says to a person. */
public final class FaultText {

    private FaultText() {}

    /** By itself. */
    public static String alone(Throwable fault) {
        return fault instanceof IOException e ? FileFault.text(e) : String.valueOf(fault.getMessage());
    }

    /** And on further lines, what went wrong while its command was closed: there a server says what has ended it. */
    public static String of(Throwable fault) {
        StringBuilder text = new StringBuilder(alone(fault));
        for (Throwable further : fault.getSuppressed()) {
            text.append('\n').append(of(further));
        }
        return text.toString();
    }
}
