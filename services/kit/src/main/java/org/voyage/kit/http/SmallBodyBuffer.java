package org.voyage.kit.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.guard.RequestId;

/**
 * Buffer that lets a request with a small body continue only when the body is complete. A worker thread therefore never
 * waits for a slow sender, and a fast one saves the switch between worker and network thread. Larger bodies, and those
 * of unknown length, are read by the resource.
 */
@ApplicationScoped
public class SmallBodyBuffer {

    private static final Logger LOG = Logger.getLogger(SmallBodyBuffer.class);

    private static final int MAX_BODY_BYTES = 64 * 1024;
    /** Longer numbers are not small. */
    private static final int MAX_LENGTH_DIGITS = 6;

    void register(@Observes Filters filters) {
        filters.register(SmallBodyBuffer::readBody, RequestId.FILTER_PRIORITY - 3);
    }

    private static void readBody(RoutingContext context) {
        HttpServerRequest request = context.request();
        int length = parseLength(request.getHeader(HttpHeaders.CONTENT_LENGTH));
        if (length < 1 || length > MAX_BODY_BYTES) {
            context.next();
            return;
        }
        request.body()
                .onSuccess(body -> {
                    ((RoutingContextInternal) context).setBody(body);
                    context.next();
                })
                // The connection is closed, so no client waits for an answer.
                .onFailure(gone -> LOG.debugf("A body did not come whole: %s", gone.getMessage()));
        request.resume();
    }

    private static int parseLength(@Nullable String header) {
        return header == null
                        || header.length() > MAX_LENGTH_DIGITS
                        || !header.chars().allMatch(Character::isDigit)
                ? 0
                : Integer.parseInt(header);
    }
}
