package org.voyage.dashboard;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Routes of the pages: how long files may be kept, the reference of the APIs, and the page for all other paths. */
@ApplicationScoped
class PageRoutes {
    /** Folder of the files whose names contain a hash of their content. */
    private static final String HASHED_FILES = "/assets/";

    private static final String INDEX_PATH = "/index.html";
    /** The reference of the APIs and events, a page of its own, in Chinese and in English. */
    private static final Set<String> REFERENCE_PATHS = Set.of("/reference", "/en/reference");

    private static final String REFERENCE_FILE = "/reference.html";
    private static final String POLICY_HEADER = "Content-Security-Policy";
    private static final Set<String> PATHS_OF_SERVER = Set.of("api", "session", "sign-in", "sign-out", "assets", "q");
    private static final Map<String, String> METHODS_OF_SERVER = Map.of(
            "/session",
            "GET",
            "/sign-in",
            "GET",
            "/sign-in/return",
            "GET",
            "/sign-out",
            "POST",
            "/sign-out/issuer",
            "GET");

    private final String referencePolicy;

    /** @param policy the policy of all pages */
    PageRoutes(@ConfigProperty(name = "quarkus.http.header.\"" + POLICY_HEADER + "\".value") String policy) {
        // The renderer of the reference writes style attributes. It reads documents of this origin only.
        this.referencePolicy = policy + "; style-src 'self' 'unsafe-inline'";
    }

    void register(@Observes Router router) {
        router.get().order(RouteOrders.OWN).handler(PageRoutes::setCacheControl);
        router.get().order(RouteOrders.OWN).handler(this::sendReference);
        router.route()
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(RouteOrders.LAST)
                .handler(PageRoutes::sendIndex);
        router.route().order(RouteOrders.NOTHING).handler(PageRoutes::refuseRequest);
        // The router cannot read the path.
        router.errorHandler(400, ProblemAnswer.BAD_PATH::sendTo);
    }

    /** Refuses a path that does not exist and a method that it does not know. */
    private static void refuseRequest(RoutingContext context) {
        String allowed = METHODS_OF_SERVER.getOrDefault(context.request().path(), "");
        boolean isPage = !PATHS_OF_SERVER.contains(firstStep(context.request().path()));
        if (isPage) {
            allowed = "GET, HEAD";
        }
        if (allowed.isEmpty()) {
            ProblemAnswer.NOTHING_HERE.sendTo(context);
        } else {
            context.response().putHeader(HttpHeaders.ALLOW, allowed);
            ProblemAnswer.NO_SUCH_METHOD.sendTo(context);
        }
    }

    private static String firstStep(String path) {
        return path.substring(1).split("/", 2)[0];
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

    private void sendReference(RoutingContext context) {
        String path = context.request().path();
        if (REFERENCE_PATHS.contains(path)) {
            context.reroute(REFERENCE_FILE);
        } else {
            if (path.equals(REFERENCE_FILE)) {
                context.response().putHeader(POLICY_HEADER, referencePolicy);
            }
            context.next();
        }
    }

    private static void sendIndex(RoutingContext context) {
        String path = context.request().path();
        if (PATHS_OF_SERVER.contains(firstStep(path)) || path.equals(INDEX_PATH)) {
            context.next();
        } else {
            context.reroute(INDEX_PATH);
        }
    }
}
