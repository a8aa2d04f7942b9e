package io.scopegate.trainer.plan;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The devices that a network is fitted on.
 *
 * @param names one device for each replica: {@code cpu}, {@code cuda:0} and so on, where a device may be repeated; or
 *     {@code all} alone for the GPUs from index 0 up to the first one that cannot be used
 * @param syncBatchNorm whether batch norms use the statistics of all replicas' frames together
 */
public record DevicePlan(List<String> names, boolean syncBatchNorm) {

    /** One replica on the CPU. */
    public static final DevicePlan CPU = new DevicePlan(List.of("cpu"), false);

    private static final String ALL = "all";
    private static final Pattern NAME = Pattern.compile("cpu|cuda:(0|[1-9]\\d?)");
    private static final int MOST = 64;

    public DevicePlan {
        names = List.copyOf(names);
    }

    /** Returns whether these are valid names of devices, whether or not this machine has such devices. */
    public static boolean areNames(List<String> names) {
        boolean each = names.stream().allMatch(name -> NAME.matcher(name).matches());
        return names.equals(List.of(ALL)) || !names.isEmpty() && names.size() <= MOST && each;
    }

    static DevicePlan read(PlanField fit) {
        return new DevicePlan(
                names(fit.field("devices")), fit.field("syncBatchNorm").flag(CPU.syncBatchNorm));
    }

    private static List<String> names(PlanField devices) {
        if (!devices.present()) {
            return CPU.names;
        }
        List<String> names = devices.list(PlanField::text);
        if (names.isEmpty() || names.size() > MOST) {
            throw devices.wrong("1 to " + MOST + " devices");
        }
        return names.equals(List.of(ALL)) ? names : devices.list(DevicePlan::name);
    }

    private static String name(PlanField device) {
        if (!NAME.matcher(device.text()).matches()) {
            throw device.wrong("cpu, cuda:0, cuda:1 and so on, or \"all\" alone");
        }
        return device.text();
    }
}
