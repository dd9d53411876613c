package org.voyage.dashboard;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/** Routes of the pages: how long files may be kept, and the page for paths that only the page itself knows. */
@ApplicationScoped
class PageRoutes {
    /** Folder of the files whose names contain a hash of their content. */
    private static final String HASHED_FILES = "/assets/";

    private static final String INDEX_PATH = "/index.html";
    private static final Set<String> PATHS_OF_SERVER = Set.of("api", "session", "sign-in", "sign-out", "assets", "q");

    void register(@Observes Router router) {
        router.get().order(RouteOrders.OWN).handler(PageRoutes::setCacheControl);
        router.get().order(RouteOrders.LAST).handler(PageRoutes::sendIndex);
    }

    private static void setCacheControl(RoutingContext context) {
        String path = context.request().path();
        if (path.startsWith(HASHED_FILES)) {
            context.addHeadersEndHandler(_ -> context.response()
                    .putHeader(
                            HttpHeaders.CACHE_CONTROL,
                            context.response().getStatusCode() == 200
                                    ? "public, max-age=31536000, immutable"
                                    : "no-store"));
        } else if (!path.startsWith(ApiRoutes.PREFIX)) {
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        }
        context.next();
    }

    private static void sendIndex(RoutingContext context) {
        String path = context.request().path();
        String first = path.substring(1).split("/", 2)[0];
        if (PATHS_OF_SERVER.contains(first) || path.equals(INDEX_PATH)) {
            context.next();
        } else {
            context.reroute(INDEX_PATH);
        }
    }
}
