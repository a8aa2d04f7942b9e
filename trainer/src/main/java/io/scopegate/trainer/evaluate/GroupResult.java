package io.scopegate.trainer.evaluate;

import io.scopegate.trainer.evaluate.Evaluation.Answer;
import io.scopegate.trainer.metrics.Confusion;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The verdicts on the frames of one group, for example one video.
 *
 * @param group name of the group
 * @param verdicts counts by verdict
 */
public record GroupResult(String group, Confusion verdicts) {

    /** Returns one result per group. Groups with the most out-of-body frames shown as in body come first. */
    public static List<GroupResult> of(Evaluation evaluation) {
        Map<String, Confusion> groups = new TreeMap<>();
        for (Answer answer : evaluation.answers()) {
            String group = answer.frame().group();
            Confusion before = groups.getOrDefault(group, Confusion.EMPTY);
            groups.put(group, before.plus(answer.frame().label(), answer.verdict()));
        }
        return groups.entrySet().stream()
                .map(entry -> new GroupResult(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt((GroupResult result) -> -result.verdicts.outOfBodyWrong())
                        .thenComparing(result -> -result.verdicts.inBodyWrong())
                        .thenComparing(GroupResult::group))
                .toList();
    }
}
