package org.voyage.kit.http;

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
public class CacheControlFilter {
    private static final String VARY_HEADERS = "Accept, Accept-Encoding, Authorization";

    void register(@Observes Filters filters) {
        filters.register(CacheControlFilter::setHeaders, RequestId.FILTER_PRIORITY);
    }

    private static void setHeaders(RoutingContext context) {
        if (context.request().path() != null && context.request().path().startsWith("/v1")) {
            context.response().putHeader(HttpHeaders.VARY, VARY_HEADERS);
            context.addHeadersEndHandler(_ -> setHeadersIfAbsent(context));
        }
        if (!context.request().headers().contains(HttpHeaders.ACCEPT_ENCODING)) {
            context.addHeadersEndHandler(_ -> removeIdentityEncoding(context));
        }
        context.next();
    }

    /** At the end: what a resource says would come second to what stands there already, not in its place. */
    private static void setHeadersIfAbsent(RoutingContext context) {
        var headers = context.response().headers();
        if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
            headers.set(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        }
    }

    /** Quarkus marks what is not to be packed with an encoding that RFC 9110 (8.4.1) does not want to be sent. */
    private static void removeIdentityEncoding(RoutingContext context) {
        var headers = context.response().headers();
        if (headers.contains(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY, true)) {
            headers.remove(HttpHeaders.CONTENT_ENCODING);
        }
    }
}
