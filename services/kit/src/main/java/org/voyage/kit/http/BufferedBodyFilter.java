package org.voyage.kit.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Filter that hands the body from {@link SmallBodyBuffer} to the resource. A non-blocking resource would find the
 * request already at its end.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class BufferedBodyFilter implements ContainerRequestFilter {

    @Context
    @SuppressWarnings("NullAway.Init")
    RoutingContext routing;

    @Override
    public void filter(ContainerRequestContext request) {
        @Nullable Buffer body = routing.body().buffer();
        if (body != null) {
            request.setEntityStream(new ByteArrayInputStream(body.getBytes()));
        }
    }
}
