package io.scopegate.inference.device;

/**
 * One check on the way to a GPU, and its result.
 *
 * @param name what was checked
 * @param result whether the next step is possible
 * @param detail what was found, or what is wrong and what to do
 */
public record ProbeStep(Name name, Result result, String detail) {

    /** What is checked, in this order. */
    public enum Name {
        DRIVER,
        DEVICE,
        TENSORRT,
        PROVIDER,
        SESSION,
        GOLDEN
    }

    /**
     * Whether the next step is possible. It is not after {@link #ABSENT}, but nothing is wrong: this machine has no
     * GPU. It is after {@link #NOT_ASKED}, when the check could not be made: a later step will show. {@link #DIFFERS}
     * is a failure of the network: it ran, but answered differently than when it was published.
     */
    public enum Result {
        PASSED,
        FAILED,
        DIFFERS,
        ABSENT,
        NOT_ASKED
    }

    public static ProbeStep passed(Name name, String detail) {
        return new ProbeStep(name, Result.PASSED, detail);
    }

    public static ProbeStep failed(Name name, String detail) {
        return new ProbeStep(name, Result.FAILED, detail);
    }

    public static ProbeStep differs(Name name, String detail) {
        return new ProbeStep(name, Result.DIFFERS, detail);
    }

    public static ProbeStep absent(Name name, String detail) {
        return new ProbeStep(name, Result.ABSENT, detail);
    }

    public static ProbeStep notAsked(Name name, String detail) {
        return new ProbeStep(name, Result.NOT_ASKED, detail);
    }

    public boolean hasFailed() {
        return result == Result.FAILED || result == Result.DIFFERS || isAbsent();
    }

    /** Returns true if the target is out of reach because there is no GPU. */
    public boolean isAbsent() {
        return result == Result.ABSENT;
    }
}
