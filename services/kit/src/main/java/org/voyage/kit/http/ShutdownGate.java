package org.voyage.kit.http;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.voyage.kit.problem.Refusal;

/**
 * Once the service is told to stop, what is under way is answered, for which it waits up to {@code quarkus.shutdown.timeout}, and
 * whoever comes is told to come again. Otherwise a client that never pauses would be cut off in the end.
 */
@ApplicationScoped
public class ShutdownGate {
    private static final int RETRY_AFTER_SECONDS = 5;

    private volatile boolean begun;

    /** Before anybody ends what is under way, so that nothing is begun anew. */
    void begin(@Observes @Priority(1) ShutdownDelayInitiatedEvent event) {
        begun = true;
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseRequest, RequestId.FILTER_PRIORITY - 3);
    }

    private void refuseRequest(RoutingContext context) {
        if (begun && !context.normalizedPath().startsWith("/q/")) {
            ProblemAnswer.sendProblem(context, new Refusal.Unavailable(RETRY_AFTER_SECONDS));
        } else {
            context.next();
        }
    }
}
