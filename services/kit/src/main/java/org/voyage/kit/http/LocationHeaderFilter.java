package org.voyage.kit.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.guard.RequestId;

/**
 * Filter that makes {@code Location} a path, or an address below {@code voyage.web.public-address}. JAX-RS would build
 * it from the {@code Host} header, so that a client, or a proxy without TLS behind one with TLS, would choose where the
 * next request goes.
 */
@ApplicationScoped
public class LocationHeaderFilter {
    private final String address;

    LocationHeaderFilter(WebConfig config) {
        this.address = config.publicAddress()
                .map(URI::toString)
                .map(text -> text.endsWith("/") ? text.substring(0, text.length() - 1) : text)
                .orElse("");
    }

    void register(@Observes Filters filters) {
        filters.register(this::watchAnswer, RequestId.FILTER_PRIORITY);
    }

    private void watchAnswer(RoutingContext context) {
        if (context.request().method() != HttpMethod.GET) {
            context.addHeadersEndHandler(_ -> replaceLocation(context));
        }
        context.next();
    }

    private void replaceLocation(RoutingContext context) {
        var headers = context.response().headers();
        @Nullable String location = headers.get(HttpHeaders.LOCATION);
        if (location != null) {
            headers.set(HttpHeaders.LOCATION, address + pathOf(location));
        }
    }

    /** Returns what follows scheme and authority. */
    static String pathOf(String location) {
        int scheme = location.indexOf("://");
        if (scheme < 0) {
            return location;
        }
        int path = location.indexOf('/', scheme + 3);
        return path < 0 ? "/" : location.substring(path);
    }
}
