package io.scopegate.server.audit;

import io.scopegate.audit.AuditEvent;

/**
 * Records admin orders in the audit log: who gave which, and with what outcome. Changes of what is served are recorded
 * by {@link ModelTrail}; an order that causes none, such as a pin of the served version, is recorded only here.
 */
public final class AdminTrail {

    private final AuditTrail trail;

    public AdminTrail(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * An order as it was given.
     *
     * @param what the kind of order, in one word
     * @param model the model's name; empty if it was not given
     * @param version the version; empty if it was not given
     */
    public record Order(String what, String model, String version) {

        /** Returns the order in words for people. */
        @Override
        public String toString() {
            return (what + " " + model + (version.isEmpty() ? "" : "/" + version)).strip();
        }
    }

    public void done(Order order, String who) {
        trail.record(event(order, who, "done"));
    }

    /** Records an order that was carried out except for some part beside it. */
    public void doneInPart(Order order, String who, String reason) {
        trail.record(event(order, who, "done-in-part").with("reason", reason));
    }

    public void refused(Order order, String who, String reason) {
        trail.record(event(order, who, "refused").with("reason", reason));
    }

    /** Records an order that failed. How far it got is unknown. */
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
