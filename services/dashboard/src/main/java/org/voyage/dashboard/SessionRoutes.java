package org.voyage.dashboard;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.regex.Pattern;

/** Routes of the session: who has signed in, sign-in and sign-out. */
@ApplicationScoped
class SessionRoutes {
    /** A path of this origin: never the address of another host, which begins with two slashes in any writing. */
    private static final Pattern OWN_PATH = Pattern.compile("/(?![/\\\\])[^\\p{Cntrl}\\\\]*");

    private final SessionReader sessions;
    private final SessionLedger ledger;
    private final SessionCookies cookies;

    SessionRoutes(SessionReader sessions, SessionLedger ledger, SessionCookies cookies) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.cookies = cookies;
    }

    void register(@Observes Router router) {
        router.get("/session").order(RouteOrders.OWN).handler(this::sendSession);
        router.get("/sign-in").order(RouteOrders.OWN).handler(SessionRoutes::returnToPage);
        router.get("/sign-in/return").order(RouteOrders.OWN).handler(SessionRoutes::returnToPage);
        router.post("/sign-out").order(RouteOrders.OWN).handler(this::endSession);
    }

    private void sendSession(RoutingContext context) {
        sessions.readSession(context)
                .onSuccess(session -> session.ifPresentOrElse(
                        known -> context.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                                .end(known.claims().toBuffer()),
                        () -> {
                            cookies.forgetSession(context);
                            ProblemAnswer.NO_SESSION.sendTo(context);
                        }));
    }

    /** Sends a person who has signed in to the wanted page; the policy of this path has sent everybody else to sign in. */
    private static void returnToPage(RoutingContext context) {
        String wanted = Optional.ofNullable(context.request().getParam("return"))
                .filter(path -> OWN_PATH.matcher(path).matches())
                .orElse("/");
        context.response()
                .setStatusCode(303)
                .putHeader(HttpHeaders.LOCATION, wanted)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end();
    }

    private void endSession(RoutingContext context) {
        if (!WriteOriginCheck.mayUseCookie(context.request())) {
            ProblemAnswer.OTHER_SITE.sendTo(context);
            return;
        }
        sessions.readSession(context)
                .compose(session -> {
                    cookies.forgetSession(context);
                    return session.map(ledger::endSession).orElseGet(io.vertx.core.Future::succeededFuture);
                })
                .onSuccess(_ -> context.response()
                        .setStatusCode(204)
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end());
    }
}
