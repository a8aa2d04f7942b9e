package io.scopegate.trainer.prepare;

import io.scopegate.trainer.dataset.Label;
import io.scopegate.trainer.dataset.LabelledFrame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Assigns whole groups to splits, the largest first. Each group goes to the split whose distance to its shares of both
 * classes then grows least.
 */
final class GroupShares {

    private final Map<String, List<LabelledFrame>> groups;
    private final double[] shares;
    private final double[] totals = new double[Label.values().length];
    private final double[][] dealt;

    GroupShares(List<LabelledFrame> pictures, double[] shares) {
        this.groups = pictures.stream()
                .collect(Collectors.groupingBy(LabelledFrame::group, TreeMap::new, Collectors.toList()));
        this.shares = shares.clone();
        this.dealt = new double[shares.length][totals.length];
        pictures.forEach(picture -> totals[picture.label().ordinal()]++);
    }

    int groups() {
        return groups.size();
    }

    /** Returns the pictures of each split. No split is empty if there are at least as many groups as splits. */
    List<List<LabelledFrame>> assign(long seed) {
        List<List<LabelledFrame>> order = new ArrayList<>(groups.values());
        Collections.shuffle(order, new Random(seed));
        order.sort(Comparator.comparing((List<LabelledFrame> group) -> group.size())
                .reversed());
        List<List<LabelledFrame>> splits = new ArrayList<>();
        for (int s = 0; s < shares.length; s++) {
            splits.add(new ArrayList<>());
        }
        for (int k = 0; k < order.size(); k++) {
            int split = nearest(order.get(k), splits, order.size() - k);
            splits.get(split).addAll(order.get(k));
            order.get(k).forEach(picture -> dealt[split][picture.label().ordinal()]++);
        }
        return splits;
    }

    private int nearest(List<LabelledFrame> group, List<List<LabelledFrame>> splits, int left) {
        long empty = splits.stream().filter(List::isEmpty).count();
        int best = -1;
        for (int s = 0; s < shares.length; s++) {
            boolean allowed = left > empty || splits.get(s).isEmpty();
            if (allowed && (best < 0 || change(s, group) < change(best, group))) {
                best = s;
            }
        }
        return best;
    }

    /**
     * Returns by how much the split's squared distance to its shares grows if it takes the group; negative if it
     * shrinks.
     */
    private double change(int split, List<LabelledFrame> group) {
        double change = 0;
        for (Label label : Label.values()) {
            int l = label.ordinal();
            double wanted = shares[split];
            double before = dealt[split][l] / totals[l] - wanted;
            double after = before + Shares.of(group, label).size() / totals[l];
            change += (after * after - before * before) / wanted;
        }
        return change;
    }
}
