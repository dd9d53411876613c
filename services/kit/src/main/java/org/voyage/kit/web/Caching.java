package org.voyage.kit.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * What a cache may do with an answer of the API, also with one from before a resource was reached: keep it for its
 * caller alone and ask again before every use. Records have entity tags, so asking again costs a 304. The answer depends
 * on the token and on what encoding the caller takes; a resource that knows better sets its own header.
 */
@ApplicationScoped
public class Caching {
    private static final String VARY = "Accept, Accept-Encoding, Authorization";

    void register(@Observes Filters filters) {
        filters.register(Caching::tell, RequestId.BEFORE_EVERYTHING);
    }

    private static void tell(RoutingContext context) {
        if (context.request().path() != null && context.request().path().startsWith("/v1")) {
            context.response()
                    .putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                    .putHeader(HttpHeaders.VARY, VARY);
        }
        context.next();
    }
}
