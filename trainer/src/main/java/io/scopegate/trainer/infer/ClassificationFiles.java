package io.scopegate.trainer.infer;

import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.file.WholeFile;
import io.scopegate.trainer.plan.InferPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * Writes classifications to two files: the reference bundle's, and one with the probabilities and logits that it lacks.
 */
public final class ClassificationFiles {

    private static final String HEADER = "path,inbody,outbody,logit0,logit1\n";

    private ClassificationFiles() {}

    /**
     * Writes the predictions, byte for byte as the bundle does, and {@code probabilities.csv} beside them. Both replace
     * existing files.
     *
     * @throws IOException if a file cannot be written; neither is replaced then
     */
    public static void write(List<Classification> classifications, Path predictions) throws IOException {
        SequencedMap<Path, WholeFile.Content> files = new LinkedHashMap<>();
        files.put(predictions, content("", classifications, ClassificationFiles::prediction));
        files.put(
                predictions.resolveSibling(InferPlan.PROBABILITIES),
                content(HEADER, classifications, ClassificationFiles::probabilities));
        WholeFile.writeAll(files);
    }

    private static WholeFile.Content content(
            String header, List<Classification> classifications, Function<Classification, String> line) {
        StringBuilder text = new StringBuilder(header);
        classifications.forEach(each -> text.append(line.apply(each)).append('\n'));
        return out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the path without quotes even if it contains commas, because the bundle does. */
    private static String prediction(Classification classification) {
        boolean inBody = classification.predicted() == Label.IN_BODY;
        return classification.picture().image() + (inBody ? ",1.0,0.0" : ",0.0,1.0");
    }

    private static String probabilities(Classification classification) {
        double inBody = classification.inBody();
        return String.format(
                Locale.ROOT,
                "%s,%.9f,%.9f,%s,%s",
                quoted(classification.picture().image()),
                inBody,
                1 - inBody,
                classification.inBodyLogit(),
                classification.outOfBodyLogit());
    }

    private static String quoted(String field) {
        return field.contains(",") || field.contains("\"") ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
}
