package io.scopegate.trainer.plan;

import java.util.List;

/**
 * Where a network is fitted.
 *
 * @param names one device for each replica: {@code cpu}, {@code cuda:0} and so on, the same one as often as wished; or
 *     {@code all} alone for every GPU that can be used
 * @param syncBatchNorm whether batch norms use the statistics of all replicas' frames together
 */
public record DevicePlan(List<String> names, boolean syncBatchNorm) {

    /** One replica on the CPU. */
    public static final DevicePlan CPU = new DevicePlan(List.of("cpu"), false);

    public DevicePlan {
        names = List.copyOf(names);
    }
}
