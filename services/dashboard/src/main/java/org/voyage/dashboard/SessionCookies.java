package org.voyage.dashboard;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Cookies of a session, named as Quarkus names them; a browser sends those of other platforms on the same host, too. */
@ApplicationScoped
class SessionCookies {
    private final Pattern names;

    SessionCookies(@ConfigProperty(name = "quarkus.oidc.authentication.cookie-suffix") Optional<String> suffix) {
        String name = suffix.map(own -> "q_session_Default_" + own).orElse("q_session");
        // Long tokens are in several cookies.
        names = Pattern.compile(Pattern.quote(name) + "(_chunk_\\d+)?");
    }

    List<String> listNames(HttpServerRequest request) {
        return request.cookies().stream()
                .map(Cookie::getName)
                .filter(name -> names.matcher(name).matches())
                .distinct()
                .toList();
    }

    /** Makes the browser forget the session. */
    void forgetSession(RoutingContext context) {
        for (String name : listNames(context.request())) {
            context.response()
                    .addCookie(Cookie.cookie(name, "")
                            .setPath("/")
                            .setMaxAge(0)
                            .setHttpOnly(true)
                            .setSameSite(CookieSameSite.LAX));
        }
    }
}
