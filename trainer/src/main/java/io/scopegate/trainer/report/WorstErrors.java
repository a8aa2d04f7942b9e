package io.scopegate.trainer.report;

import io.scopegate.bundle.file.FileFault;
import io.scopegate.bundle.frame.Picture;
import io.scopegate.trainer.dataset.FrameReader;
import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.evaluate.Evaluation;
import io.scopegate.trainer.evaluate.Evaluation.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * The wrong verdicts whose probability is farthest from the threshold. Out-of-body frames shown as in body come first.
 */
record WorstErrors(List<Answer> answers, boolean thumbnails) {

    private static final int MOST = 12;

    static WorstErrors of(Evaluation evaluation, boolean thumbnails) {
        return new WorstErrors(
                evaluation.answers().stream()
                        .filter(answer -> answer.verdict() != answer.frame().label())
                        .sorted(Comparator.comparing(
                                        (Answer answer) -> answer.frame().label() == Label.IN_BODY)
                                .thenComparingDouble(answer -> -Math.abs(answer.inBody() - answer.threshold())))
                        .limit(MOST)
                        .toList(),
                thumbnails);
    }

    String html() throws IOException {
        if (answers.isEmpty()) {
            return "<h2>Worst errors</h2><p>No verdict was wrong.</p>";
        }
        StringBuilder items = new StringBuilder();
        try (FrameReader reader = new FrameReader()) {
            for (Answer answer : answers) {
                items.append(item(answer, reader));
            }
        }
        return """
                <h2>Worst errors</h2><p class="soft">At most %d; out of body shown as in body first, surest first.%s</p>
                <ul class="thumbs">%s</ul>
                """.formatted(MOST, thumbnails ? " The pictures are patient data: treat this file as such." : "", items);
    }

    /**
     * Returns the frame as a thumbnail, or the reason why it cannot be read. A frame may have been moved or deleted
     * since it was evaluated; the figures are right all the same.
     */
    private static String thumbnail(Path file, String name, FrameReader reader) throws IOException {
        Picture picture;
        try {
            picture = reader.picture(file);
        } catch (IOException e) {
            return Thumbnail.missing("No picture: the frame could not be read again: " + FileFault.text(e));
        }
        return Thumbnail.img(picture, name);
    }

    private String item(Answer answer, FrameReader reader) throws IOException {
        boolean exposed = answer.frame().label() == Label.OUT_OF_BODY;
        String name = String.valueOf(answer.frame().file().getFileName());
        return """
                <li>%s<div><b>%s</b>in body %s<br/>%s<br/><span class="soft">%s</span></div></li>
                """.formatted(
                        thumbnails ? thumbnail(answer.frame().file(), name, reader) : "",
                        exposed ? "exposed: is out of body" : "hidden: is in body",
                        Html.number(answer.inBody()),
                        Html.escape(name),
                        Html.escape(answer.frame().group()));
    }
}
