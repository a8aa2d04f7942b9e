package io.scopegate.inference.onnx;

/** Formats the faults that ONNX Runtime reports, for a log and a health page. */
final class OnnxError {

    private static final int DEEPEST = 16;

    private OnnxError() {}

    /** Returns the message in one line, whatever it contains. */
    static String text(Exception e) {
        return "ONNX Runtime: " + line(String.valueOf(e.getMessage()));
    }

    /**
     * Returns what a fault began with. A class whose initialisation has failed says only that at each later use, and
     * names the reason in its causes.
     */
    static String root(Throwable e) {
        Throwable root = e;
        for (int depth = 0; root.getCause() != null && depth < DEEPEST; depth++) {
            root = root.getCause();
        }
        return line(root.toString());
    }

    private static String line(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
