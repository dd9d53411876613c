package org.voyage.dashboard;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The services' APIs under the dashboard's origin. A request with its own {@code Authorization} passes unchanged; any
 * other one needs a session, whose access token is added.
 */
@ApplicationScoped
class ApiRoutes {
    static final String PREFIX = "/api/";
    /** What people and programs need of a service; metrics are for the machines of the operators, past this address. */
    private static final Pattern SERVICE_PATH =
            Pattern.compile(PREFIX + "(?<service>[a-z]+)/(?:v1|q/openapi|q/health|\\.well-known)(?:/.*)?");

    private final SessionReader sessions;
    private final SessionLedger ledger;
    private final Map<String, ServiceProxy> proxies;

    ApiRoutes(Vertx vertx, SessionReader sessions, SessionLedger ledger, DashboardConfig config) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.proxies = config.services().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        service -> new ServiceProxy(vertx, PREFIX + service.getKey(), service.getValue())));
    }

    void register(@Observes Router router) {
        router.route(PREFIX + "*").order(RouteOrders.OWN).handler(this::forwardRequest);
    }

    private void forwardRequest(RoutingContext context) {
        ServiceProxy proxy = proxies.get(serviceOf(context));
        if (proxy == null) {
            ProblemAnswer.NO_SERVICE.sendTo(context);
            return;
        }
        if (context.request().headers().contains(HttpHeaders.AUTHORIZATION)) {
            proxy.forwardRequest(context.request(), Optional.empty());
            return;
        }
        // Nothing of the body is read before it is known where it goes.
        context.request().pause();
        sessions.readSession(context).onSuccess(session -> {
            if (session.isEmpty()) {
                ProblemAnswer.NO_SESSION.sendTo(context);
            } else if (!WriteOriginCheck.mayUseCookie(context.request())) {
                ProblemAnswer.OTHER_SITE.sendTo(context);
            } else {
                ledger.trackAnswer(session.get(), context.response());
                proxy.forwardRequest(
                        context.request(), Optional.of(session.get().accessToken()));
            }
        });
    }

    /** Returns the service that the path names; empty text for none, also if dots lead the path elsewhere. */
    private static String serviceOf(RoutingContext context) {
        Matcher path = SERVICE_PATH.matcher(context.request().path());
        Matcher meant = SERVICE_PATH.matcher(context.normalizedPath());
        return path.matches() && meant.matches() && path.group("service").equals(meant.group("service"))
                ? path.group("service")
                : "";
    }
}
