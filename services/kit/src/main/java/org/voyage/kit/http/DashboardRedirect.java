package org.voyage.kit.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Optional;
import org.voyage.kit.guard.RequestId;

/** Redirect of a browser that opens the root of a service to the dashboard, if {@link WebConfig#dashboard()} is set. */
@ApplicationScoped
class DashboardRedirect {
    private final Optional<URI> dashboard;

    DashboardRedirect(WebConfig config) {
        this.dashboard = config.dashboard();
    }

    void register(@Observes Filters filters) {
        dashboard.ifPresent(
                address -> filters.register(context -> redirect(context, address), RequestId.FILTER_PRIORITY - 3));
    }

    private static void redirect(RoutingContext context, URI address) {
        var request = context.request();
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        if (request.method() == HttpMethod.GET
                && "/".equals(request.path())
                && accept != null
                && accept.contains("text/html")) {
            context.response()
                    .setStatusCode(303)
                    .putHeader(HttpHeaders.LOCATION, address.toString())
                    .end();
        } else {
            context.next();
        }
    }
}
