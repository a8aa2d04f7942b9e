package io.scopegate.cli.report;

import io.scopegate.client.AnswerStatus;
import io.scopegate.client.FrameAnswer;
import java.util.Locale;

/** An answer as one line for humans: verdict, probability or outcome, milliseconds, picture. */
public final class AnswerLine {

    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    private final boolean colored;

    /** Uses colours only if the console is a terminal that can show them, and {@code NO_COLOR} is not set. */
    public AnswerLine() {
        this.colored = System.console() != null
                && System.console().isTerminal()
                && System.getenv("NO_COLOR") == null
                && !"dumb".equals(System.getenv("TERM"));
    }

    /**
     * Returns the line.
     *
     * @param name name of the picture
     */
    public String of(String name, FrameAnswer answer) {
        String verdict = answer.inBody() ? paint(GREEN, "IN_BODY    ") : paint(RED, "OUT_OF_BODY");
        double milliseconds = answer.roundTrip().toNanos() / 1e6;
        return String.format(
                        Locale.ROOT,
                        "%6d  %s  %-14s %8.1f ms  %s",
                        answer.frameId(),
                        verdict,
                        ground(answer),
                        milliseconds,
                        name)
                + detail(answer);
    }

    private static String ground(FrameAnswer answer) {
        Double probability = answer.probabilities().get("inbody");
        return probability == null
                ? answer.outcome().name()
                : String.format(Locale.ROOT, "p(inbody) %.3f", probability);
    }

    private static String detail(FrameAnswer answer) {
        return answer.status()
                .map(AnswerStatus::message)
                .map(message -> "  " + answer.reason() + ": " + message)
                .orElse("");
    }

    private String paint(String color, String text) {
        return colored ? color + text + PLAIN : text;
    }
}
