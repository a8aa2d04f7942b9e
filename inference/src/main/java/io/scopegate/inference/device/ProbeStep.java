package io.scopegate.inference.device;

/**
 * One question on the way to a GPU, and its answer.
 *
 * @param name of what was asked
 * @param result whether it leads on
 * @param detail what was found, or what is wrong and what to do
 */
public record ProbeStep(Name name, Result result, String detail) {

    /** What is asked, in this order. */
    public enum Name {
        DRIVER,
        DEVICE,
        TENSORRT,
        PROVIDER,
        SESSION,
        GOLDEN
    }

    /**
     * Whether it leads on. What is absent does not, but nothing is wrong either: this is no machine with a GPU. What could
     * not be asked does not stand in the way: a later step will tell.
     */
    public enum Result {
        PASSED,
        FAILED,
        ABSENT,
        NOT_ASKED
    }

    public static ProbeStep passed(Name name, String detail) {
        return new ProbeStep(name, Result.PASSED, detail);
    }

    public static ProbeStep failed(Name name, String detail) {
        return new ProbeStep(name, Result.FAILED, detail);
    }

    public static ProbeStep absent(Name name, String detail) {
        return new ProbeStep(name, Result.ABSENT, detail);
    }

    public static ProbeStep notAsked(Name name, String detail) {
        return new ProbeStep(name, Result.NOT_ASKED, detail);
    }

    public boolean hasFailed() {
        return result == Result.FAILED || isAbsent();
    }

    /** True if it leads no further because there is no GPU. */
    public boolean isAbsent() {
        return result == Result.ABSENT;
    }
}
