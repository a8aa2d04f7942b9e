package io.scopegate.trainer.plan;

import io.scopegate.trainer.evaluate.QualityGate;
import io.scopegate.trainer.evaluate.QualityGate.Criterion;
import java.util.EnumMap;
import java.util.Map;

/** Reads the part of a plan that says how good a model has to be. Absent criteria are not required. */
final class GateReader {

    private GateReader() {}

    static QualityGate gate(PlanField gate) {
        if (!gate.present()) {
            return QualityGate.NONE;
        }
        Map<Criterion, Double> least = new EnumMap<>(Criterion.class);
        for (Criterion criterion : Criterion.values()) {
            PlanField asked = gate.field(criterion.setting());
            if (asked.present()) {
                least.put(criterion, asked.number(0, 1));
            }
        }
        return new QualityGate(least);
    }
}
