package io.scopegate.inference.onnx;

/** What ONNX Runtime says of a fault, for a log and a health page. */
final class OnnxError {

    private OnnxError() {}

    /** In one line, whatever it holds. */
    static String text(Exception e) {
        return "ONNX Runtime: " + String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
    }
}
