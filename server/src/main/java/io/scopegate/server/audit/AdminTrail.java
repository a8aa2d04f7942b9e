package io.scopegate.server.audit;

import io.scopegate.audit.AuditEvent;

/**
 * What the audit log hears of orders: who has given which, and what has come of it. What they change in what is served is
 * told by {@link ModelTrail}; an order that changes nothing of that, such as a pin of the served version, is told here alone.
 */
public final class AdminTrail {

    private final AuditTrail trail;

    public AdminTrail(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * What somebody wants.
     *
     * @param what in one word
     * @param model its name; empty if it was not named
     * @param version empty if it was not named
     */
    public record Order(String what, String model, String version) {

        /** For people. */
        @Override
        public String toString() {
            return (what + " " + model + (version.isEmpty() ? "" : "/" + version)).strip();
        }
    }

    public void done(Order order, String who) {
        trail.record(event(order, who, "done"));
    }

    /** It is done, and something beside it is not. */
    public void doneInPart(Order order, String who, String reason) {
        trail.record(event(order, who, "done-in-part").with("reason", reason));
    }

    public void refused(Order order, String who, String reason) {
        trail.record(event(order, who, "refused").with("reason", reason));
    }

    /** Nobody knows how far it came. */
    public void failed(Order order, String who, Throwable fault) {
        trail.record(event(order, who, "failed").with("reason", fault));
    }

    private AuditEvent event(Order order, String who, String outcome) {
        return trail.event("admin")
                .with("what", order.what())
                .with("model", order.model())
                .with("version", order.version())
                .with("who", who)
                .with("outcome", outcome);
    }
}
