package org.voyage.dashboard;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Reader of the session in a request's cookies. It refreshes the tokens when they are about to expire. */
@ApplicationScoped
class SessionReader {
    private static final Logger LOG = Logger.getLogger(SessionReader.class);
    /** Beginning of the names of Quarkus' cookies: the session's tokens, in one cookie or several. */
    private static final String SESSION_COOKIES = "q_session";

    private final SessionLedger ledger;

    SessionReader(SessionLedger ledger) {
        this.ledger = ledger;
    }

    /** Returns the session of the request; empty if there is none, or none that still holds. */
    Future<Optional<PersonSession>> readSession(RoutingContext context) {
        if (sessionCookies(context).isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        Promise<Optional<PersonSession>> found = Promise.promise();
        QuarkusHttpUser.getSecurityIdentity(context, null)
                .subscribe()
                .with(identity -> found.complete(PersonSession.of(identity)), failure -> {
                    LOG.debug("The session does not hold", failure);
                    found.complete(Optional.empty());
                });
        return found.future()
                .compose(session -> session.map(known ->
                                ledger.isAlive(known).map(alive -> alive ? session : Optional.<PersonSession>empty()))
                        .orElseGet(() -> Future.succeededFuture(session)));
    }

    /** Makes the browser forget the session. */
    static void forgetSession(RoutingContext context) {
        for (String name : sessionCookies(context)) {
            context.response()
                    .addCookie(Cookie.cookie(name, "")
                            .setPath("/")
                            .setMaxAge(0)
                            .setHttpOnly(true)
                            .setSameSite(CookieSameSite.LAX));
        }
    }

    private static List<String> sessionCookies(RoutingContext context) {
        return context.request().cookies().stream()
                .map(Cookie::getName)
                .filter(name -> name.startsWith(SESSION_COOKIES))
                .distinct()
                .toList();
    }
}
