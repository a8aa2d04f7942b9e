package io.scopegate.inference.onnx;

/** What ONNX Runtime says of a fault, for a log and a health page. */
final class OnnxError {

    private static final int DEEPEST = 16;

    private OnnxError() {}

    /** In one line, whatever it holds. */
    static String text(Exception e) {
        return "ONNX Runtime: " + line(String.valueOf(e.getMessage()));
    }

    /**
     * What a fault began with. A class that could not be initialised once says so at each later use, and names the reason
     * only in its causes.
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
