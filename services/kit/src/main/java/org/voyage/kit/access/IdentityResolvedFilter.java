package org.voyage.kit.access;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/**
 * Filter that reads the verified identity before the resource method runs. After it, {@link Caller} is available
 * without waiting, so also on threads that must not block.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class IdentityResolvedFilter implements ContainerRequestFilter {

    private final CurrentIdentityAssociation association;

    @Context
    @SuppressWarnings("NullAway.Init")
    RoutingContext routing;

    @Inject
    IdentityResolvedFilter(CurrentIdentityAssociation association) {
        this.association = association;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (routing.user() instanceof QuarkusHttpUser user) {
            association.setIdentity(user.getSecurityIdentity());
        }
    }
}
