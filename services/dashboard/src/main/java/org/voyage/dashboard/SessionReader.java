package org.voyage.dashboard;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Reader of the session in a request's cookies. It refreshes the tokens when they are about to expire. */
@ApplicationScoped
class SessionReader {
    private static final Logger LOG = Logger.getLogger(SessionReader.class);

    private final SessionLedger ledger;
    private final SessionCookies cookies;

    SessionReader(SessionLedger ledger, SessionCookies cookies) {
        this.ledger = ledger;
        this.cookies = cookies;
    }

    /** Returns the session of the request; empty if there is none, or none that still holds. */
    Future<Optional<PersonSession>> readSession(RoutingContext context) {
        if (cookies.listNames(context.request()).isEmpty()) {
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
}
