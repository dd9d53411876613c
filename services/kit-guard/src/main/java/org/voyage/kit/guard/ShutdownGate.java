package org.voyage.kit.guard;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.voyage.kit.problem.Refusal;

/**
 * Gate for requests during a shutdown. Running requests are answered, for which the service waits up to {@code
 * quarkus.shutdown.timeout}; new ones are refused with a time to retry. Without the gate a client that never pauses
 * would be cut off at the end.
 */
@ApplicationScoped
public class ShutdownGate {
    private static final int RETRY_AFTER_SECONDS = 5;

    private volatile boolean begun;

    /** Runs before the observers that end running work, so that no new work begins. */
    void beginShutdown(@Observes @Priority(1) ShutdownDelayInitiatedEvent event) {
        begun = true;
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseRequest, RequestId.FILTER_PRIORITY - 3);
    }

    private void refuseRequest(RoutingContext context) {
        if (begun && !context.normalizedPath().startsWith("/q/")) {
            ProblemWriter.sendProblem(context, new Refusal.Unavailable(RETRY_AFTER_SECONDS));
        } else {
            context.next();
        }
    }
}
