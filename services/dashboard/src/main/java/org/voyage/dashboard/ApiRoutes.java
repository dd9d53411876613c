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
    /** What people and programs need of a service. */
    private static final Pattern SERVICE_PATH = Pattern.compile(
            PREFIX + "(?<service>[a-z]+)/(?<area>v1|q/openapi|q/health|q/metrics|\\.well-known)(?:/.*)?");

    /** Area for operators who have signed in: it names alliances and provinces. To all others it does not exist. */
    private static final String METRICS_AREA = "q/metrics";

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
        Optional<Matcher> path = findServicePath(context);
        ServiceProxy proxy =
                path.map(found -> proxies.get(found.group("service"))).orElse(null);
        boolean metrics = path.isPresent() && path.get().group("area").equals(METRICS_AREA);
        boolean ownToken = context.request().headers().contains(HttpHeaders.AUTHORIZATION);
        if (proxy == null || (metrics && ownToken)) {
            ProblemAnswer.NO_SERVICE.sendTo(context);
            return;
        }
        if (ownToken) {
            proxy.forwardRequest(context.request(), Optional.empty());
            return;
        }
        // Nothing of the body is read before it is known where it goes.
        context.request().pause();
        sessions.readSession(context).onSuccess(session -> {
            if (metrics && !session.map(PersonSession::isOperator).orElse(false)) {
                ProblemAnswer.NO_SERVICE.sendTo(context);
            } else if (session.isEmpty()) {
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

    /** Returns service and area of the path; empty for none, also if dots lead the path elsewhere. */
    private static Optional<Matcher> findServicePath(RoutingContext context) {
        Matcher path = SERVICE_PATH.matcher(context.request().path());
        Matcher meant = SERVICE_PATH.matcher(context.normalizedPath());
        return path.matches()
                        && meant.matches()
                        && path.group("service").equals(meant.group("service"))
                        && path.group("area").equals(meant.group("area"))
                ? Optional.of(path)
                : Optional.empty();
    }
}
