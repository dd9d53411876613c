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
 * The token was verified before the resource is asked, so nobody has to wait for it any more: {@link Caller} can be asked
 * where waiting is not allowed, too.
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
