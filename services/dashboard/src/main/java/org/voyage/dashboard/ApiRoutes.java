package org.voyage.dashboard;

import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.voyage.kit.guard.AnonymousRateLimits;
import org.voyage.kit.guard.ProblemWriter;
import org.voyage.kit.problem.Refusal;

/**
 * The services' APIs under the dashboard's origin. A request with its own {@code Authorization} passes unchanged; any
 * other one needs a session, whose access token is added.
 */
@ApplicationScoped
class ApiRoutes {
    static final String PREFIX = "/api/";
    /** Header of an answer to a person who has signed in, by which a page notices that it is another person. */
    private static final String PERSON_HEADER = "X-Voyage-Person";
    /** What people and programs need of a service. */
    private static final Pattern SERVICE_PATH =
            Pattern.compile(PREFIX + "(?<service>[a-z]+)/(?<area>v1|q/health|q/metrics|\\.well-known)(?:/.*)?");

    /** Area of monitoring, which the services answer without a look at the token: here it needs a session. */
    private static final String MONITORING_AREA = "q/";

    /** Area for operators who have signed in: it names alliances and provinces. To all others it does not exist. */
    private static final String METRICS_AREA = "q/metrics";

    private static final String WEB_SOCKET = "websocket";

    private final AnonymousRateLimits rates;
    private final SessionReader sessions;
    private final SessionCookies cookies;
    private final SessionLivenessCache ledger;
    private final Map<String, ServiceProxy> proxies;

    ApiRoutes(
            Vertx vertx,
            AnonymousRateLimits rates,
            SessionReader sessions,
            SessionCookies cookies,
            SessionLivenessCache ledger,
            DashboardConfig config) {
        this.rates = rates;
        this.sessions = sessions;
        this.cookies = cookies;
        this.ledger = ledger;
        this.proxies = config.services().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        service -> new ServiceProxy(
                                vertx, PREFIX + service.getKey(), service.getValue(), config.answerTimeout())));
    }

    void register(@Observes Router router) {
        rates.exceptCounted(ApiRoutes::isCountedHere);
        router.route(PREFIX + "*").order(RouteOrders.OWN).handler(this::forwardRequest);
    }

    /** Returns whether a token or cookies can name the caller: then this class or the service counts the request. */
    private static boolean isCountedHere(RoutingContext context) {
        MultiMap headers = context.request().headers();
        return context.normalizedPath().startsWith(PREFIX)
                && !isUpgrade(context.request())
                && (headers.contains(HttpHeaders.AUTHORIZATION) || headers.contains(HttpHeaders.COOKIE));
    }

    private static boolean isUpgrade(HttpServerRequest request) {
        return WEB_SOCKET.equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    }

    private void forwardRequest(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (isUpgrade(request)) {
            ProblemAnswer.NO_UPGRADE.sendTo(context);
            return;
        }
        Optional<Matcher> path = findServicePath(context);
        String area = path.map(found -> found.group("area")).orElse("");
        boolean ownToken = request.headers().contains(HttpHeaders.AUTHORIZATION);
        Optional<ServiceProxy> proxy = path.map(found -> proxies.get(found.group("service")))
                .filter(_ -> !ownToken || !area.startsWith(MONITORING_AREA));
        if (ownToken && proxy.isPresent()) {
            // The service counts it.
            proxy.get().forwardRequest(request, Optional.empty());
            return;
        }
        // Nothing of the body is read before it is known where it goes.
        request.pause();
        countCaller(context, ownToken)
                .subscribe()
                .with(
                        _ -> proxy.ifPresentOrElse(
                                known -> forwardOfPerson(context, known, area.equals(METRICS_AREA)),
                                () -> ProblemAnswer.NO_SERVICE.sendTo(context)),
                        refusal -> refuseCaller(context, refusal));
    }

    /** Counts a request that was not counted when it came. */
    private Uni<Void> countCaller(RoutingContext context, boolean ownToken) {
        if (!isCountedHere(context)) {
            return Uni.createFrom().voidItem();
        }
        return rates.countCaller(
                context,
                ownToken
                        ? Optional.empty()
                        : cookies.readSession(context.request()).map(PersonSession::person));
    }

    private void forwardOfPerson(RoutingContext context, ServiceProxy proxy, boolean metrics) {
        ProblemAnswer refusal = metrics ? ProblemAnswer.NO_SERVICE : ProblemAnswer.NO_SESSION;
        sessions.requireSession(context, refusal, session -> {
            if (metrics && !session.isOperator()) {
                ProblemAnswer.NO_SERVICE.sendTo(context);
            } else if (!WriteOriginCheck.mayUseCookie(context.request())) {
                ProblemAnswer.OTHER_SITE.sendTo(context);
            } else {
                namePerson(context, session.person());
                ledger.trackAnswer(session, context.response());
                proxy.forwardRequest(context.request(), Optional.of(session.accessToken()));
            }
        });
    }

    /** The browser keeps an answer with an age for the next person, too: such an answer names no person. */
    private static void namePerson(RoutingContext context, String person) {
        context.addHeadersEndHandler(_ -> {
            String caching = context.response().headers().get(HttpHeaders.CACHE_CONTROL);
            if (caching == null || !caching.contains("max-age")) {
                context.response().putHeader(PERSON_HEADER, person);
            }
        });
    }

    private static void refuseCaller(RoutingContext context, Throwable refusal) {
        if (refusal instanceof Refusal known) {
            ProblemWriter.sendProblem(context, known);
        } else {
            context.fail(refusal);
        }
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
