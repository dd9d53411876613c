package org.voyage.kit.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.voyage.kit.access.Caller;

/** Filter that counts the requests of authenticated clients; {@link RateLimits} itself counts the others. */
@Provider
@Priority(Priorities.AUTHORIZATION + 1)
public class RateLimitFilter implements ContainerRequestFilter {
    private final RateLimits limits;
    private final Caller caller;

    @Context
    @SuppressWarnings("NullAway.Init")
    RoutingContext routing;

    @Inject
    RateLimitFilter(RateLimits limits, Caller caller) {
        this.limits = limits;
        this.caller = caller;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        caller.authenticatedClientId()
                .map(client -> limits.takeForClient(client, routing))
                // An anonymous request that sent a header of another kind was not counted before.
                .orElseGet(() -> routing.request().headers().contains(HttpHeaders.AUTHORIZATION)
                        ? limits.takeForAnonymous(routing)
                        : Optional.empty())
                .ifPresent(refusal -> {
                    throw refusal;
                });
    }
}
