package org.voyage.kit.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.voyage.kit.guard.RequestId;

/**
 * Filter that sets the cache rules of every API response, also of one from before a resource was reached. A cache may
 * keep the response for its caller alone and must revalidate it before every use. Records have entity tags, so a
 * revalidation costs a 304. The response varies by token and accepted encoding. A resource can set its own header.
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

    /**
     * Sets the headers at the end, because a value set earlier would precede that of the resource instead of being
     * replaced.
     */
    private static void setHeadersIfAbsent(RoutingContext context) {
        var headers = context.response().headers();
        if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
            headers.set(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        }
    }

    /**
     * Removes {@code Content-Encoding: identity}, which Quarkus sets on uncompressed responses and RFC 9110 (8.4.1)
     * does not allow.
     */
    private static void removeIdentityEncoding(RoutingContext context) {
        var headers = context.response().headers();
        if (headers.contains(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY, true)) {
            headers.remove(HttpHeaders.CONTENT_ENCODING);
        }
    }
}
