package org.voyage.dashboard;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Routes of the session: who has signed in, sign-in and sign-out. */
@ApplicationScoped
class SessionRoutes {
    /** A path of this origin: never the address of another host, which begins with two slashes in any writing. */
    private static final Pattern OWN_PATH = Pattern.compile("/(?![/\\\\])[^\\p{Cntrl}\\\\]*");

    private static final String ISSUER_SIGN_OUT = "/sign-out/issuer";
    private static final String HINT = "hint";

    private final SessionReader sessions;
    private final SessionLivenessCache ledger;
    private final SessionCookies cookies;
    private final IssuerClient issuer;
    private final CookieCipher cipher;
    private final boolean secure;

    SessionRoutes(
            SessionReader sessions,
            SessionLivenessCache ledger,
            SessionCookies cookies,
            IssuerClient issuer,
            CookieCipher cipher,
            @ConfigProperty(name = "quarkus.oidc.authentication.cookie-force-secure", defaultValue = "false")
                    boolean secure) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.cookies = cookies;
        this.issuer = issuer;
        this.cipher = cipher;
        this.secure = secure;
    }

    void register(@Observes Router router) {
        router.get("/session").order(RouteOrders.OWN).handler(this::sendSession);
        router.get("/sign-in").order(RouteOrders.OWN).handler(this::completeSignIn);
        router.get("/sign-in/return").order(RouteOrders.OWN).handler(this::completeSignIn);
        router.post("/sign-out").order(RouteOrders.OWN).handler(this::endSession);
        router.get(ISSUER_SIGN_OUT).order(RouteOrders.OWN).handler(this::endSessionAtIssuer);
    }

    private void sendSession(RoutingContext context) {
        sessions.requireSession(
                context,
                ProblemAnswer.NO_SESSION,
                session -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end(session.publicClaims().toBuffer()));
    }

    /** Begins the session of a person who has signed in; the policy of this path has sent everybody else to sign in. */
    private void completeSignIn(RoutingContext context) {
        QuarkusHttpUser.getSecurityIdentity(context, null)
                .subscribe()
                .with(identity -> beginSession(context, identity), context::fail);
    }

    private void beginSession(RoutingContext context, SecurityIdentity identity) {
        // Answers that are still open to the person who signed in before would go to this one.
        cookies.readSession(context.request()).ifPresent(ledger::endSession);
        PersonSession.begin(identity).ifPresent(session -> {
            ledger.beginSession(session);
            cookies.storeSession(context, session);
        });
        redirect(
                context,
                Optional.ofNullable(context.request().getParam("return"))
                        .filter(path -> OWN_PATH.matcher(path).matches())
                        .orElse("/"));
    }

    /** Ends the session here and at the issuer. Where only the browser can do that, the answer says where to. */
    private void endSession(RoutingContext context) {
        if (!WriteOriginCheck.mayUseCookie(context.request())) {
            ProblemAnswer.OTHER_SITE.sendTo(context);
            return;
        }
        Optional<PersonSession> shown = cookies.readSession(context.request());
        cookies.forgetSession(context);
        if (shown.isEmpty()) {
            ProblemAnswer.NO_SESSION.sendTo(context);
            return;
        }
        PersonSession ended = ledger.endSession(shown.get());
        issuer.endSession(ended).onSuccess(goesOn -> {
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            if (goesOn) {
                String next = ISSUER_SIGN_OUT + "?" + HINT + "=" + cipher.encrypt(HINT, ended.idToken());
                context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(new JsonObject().put("next", next).toBuffer());
            } else {
                context.response().setStatusCode(204).end();
            }
        });
    }

    private void endSessionAtIssuer(RoutingContext context) {
        Optional<String> idToken =
                Optional.ofNullable(context.request().getParam(HINT)).flatMap(hint -> cipher.decrypt(HINT, hint));
        if (idToken.isEmpty()) {
            ProblemAnswer.NO_SERVICE.sendTo(context);
            return;
        }
        String origin = (secure ? "https" : context.request().scheme()) + "://"
                + context.request().authority();
        issuer.findSignOutAddress(idToken.get(), origin + "/")
                .onSuccess(address -> redirect(context, address.orElse("/")))
                .onFailure(_ -> redirect(context, "/"));
    }

    private static void redirect(RoutingContext context, String address) {
        context.response()
                .setStatusCode(303)
                .putHeader(HttpHeaders.LOCATION, address)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end();
    }
}
