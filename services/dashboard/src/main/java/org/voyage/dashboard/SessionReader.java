package org.voyage.dashboard;

import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reader of the session in a request's cookies. It alone decides whether there is one, refuses a request without one, and
 * gives the browser the tokens of a refresh.
 */
@ApplicationScoped
class SessionReader {
    private final SessionLivenessCache ledger;
    private final SessionCookies cookies;

    SessionReader(SessionLivenessCache ledger, SessionCookies cookies) {
        this.ledger = ledger;
        this.cookies = cookies;
    }

    /**
     * Passes the session of the request on. Without one, the browser forgets its cookies and the request is refused. The
     * cookies stay when a sign-in or sign-out on this instance has ended the session: the browser may have those of the
     * next one. When the issuer is not reached and the tokens do not hold, the answer is 503 and the cookies stay.
     *
     * @param refusal answer to a request without a session
     */
    void requireSession(RoutingContext context, ProblemAnswer refusal, Consumer<PersonSession> use) {
        Optional<PersonSession> shown = cookies.readSession(context.request());
        if (shown.isEmpty()) {
            cookies.forgetSession(context);
            refusal.sendTo(context);
            return;
        }
        // Nothing of the body is read before it is known where it goes.
        context.request().pause();
        // The answer of the issuer to another request may come on its thread.
        Context own = context.vertx().getOrCreateContext();
        ledger.findSession(shown.get())
                .onComplete(found -> own.runOnContext(_ -> {
                    if (found.failed()) {
                        ProblemAnswer.SESSION_NOT_RENEWED.sendTo(context);
                    } else if (found.result().isEmpty()) {
                        if (!ledger.isEndedHere(shown.get())) {
                            cookies.forgetSession(context);
                        }
                        refusal.sendTo(context);
                    } else {
                        PersonSession session = found.result().get();
                        if (session.generation() > shown.get().generation()) {
                            cookies.storeSession(context, session);
                        }
                        use.accept(session);
                    }
                }));
    }
}
