package org.voyage.dashboard;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Cookies of a session. The browser keeps it encrypted, in as many cookies as its tokens need. It also sends the cookies
 * of other platforms on the same host; their names end differently.
 */
@ApplicationScoped
class SessionCookies {
    private static final String PURPOSE = "session";
    /** A browser keeps 4,096 bytes of a cookie, with its name. */
    private static final int MAX_VALUE_LENGTH = 3_800;

    private static final int MAX_COOKIES = 8;
    /** Life of the cookies of a refresh token that does not say how long it lives. */
    private static final Duration DEFAULT_LIFE = Duration.ofHours(12);

    private final CookieCipher cipher;
    private final boolean secure;
    private final String name;
    private final Pattern names;

    SessionCookies(
            CookieCipher cipher,
            @ConfigProperty(name = "quarkus.oidc.authentication.cookie-force-secure", defaultValue = "false")
                    boolean secure,
            @ConfigProperty(name = "quarkus.oidc.authentication.cookie-suffix") Optional<String> suffix) {
        this.cipher = cipher;
        this.secure = secure;
        // No other host and no page without TLS can set a cookie of this prefix.
        this.name = (secure ? "__Host-" : "")
                + "voyage_session"
                + suffix.map(own -> "_" + own).orElse("");
        // Quarkus keeps the tokens in cookies of its own until a sign-in is complete.
        String ofSignIn = "q_session" + suffix.map(own -> "_Default_" + own).orElse("");
        this.names = Pattern.compile(Pattern.quote(name) + "(\\.\\d)?|" + Pattern.quote(ofSignIn) + "(_chunk_\\d+)?");
    }

    /** Returns the session that the browser shows; empty without one, and for cookies that cannot be read. */
    Optional<PersonSession> readSession(HttpServerRequest request) {
        Cookie first = request.getCookie(name);
        if (first == null || !first.getValue().matches("[1-" + MAX_COOKIES + "]\\..*")) {
            return Optional.empty();
        }
        StringBuilder value = new StringBuilder(first.getValue().substring(2));
        int count = first.getValue().charAt(0) - '0';
        for (int index = 1; index < count; index++) {
            Cookie next = request.getCookie(nameOf(index));
            if (next == null) {
                return Optional.empty();
            }
            value.append(next.getValue());
        }
        return cipher.decrypt(PURPOSE, value.toString()).map(PersonSession::parse);
    }

    /** Makes the browser keep a session, and nothing of an earlier one. */
    void storeSession(RoutingContext context, PersonSession session) {
        String value = cipher.encrypt(PURPOSE, session.toText());
        List<String> parts = new ArrayList<>();
        for (int start = 0; start < value.length(); start += MAX_VALUE_LENGTH) {
            parts.add(value.substring(start, Math.min(value.length(), start + MAX_VALUE_LENGTH)));
        }
        if (parts.size() > MAX_COOKIES) {
            throw new IllegalStateException("the tokens of the issuer are longer than " + MAX_COOKIES + " cookies");
        }
        parts.set(0, parts.size() + "." + parts.getFirst());
        long seconds = session.refreshExpiry()
                .map(end -> Duration.between(Instant.now(), end).toSeconds())
                .orElse(DEFAULT_LIFE.toSeconds());
        Set<String> stale = listNames(context.request());
        for (int index = 0; index < parts.size(); index++) {
            stale.remove(nameOf(index));
            addCookie(context, nameOf(index), parts.get(index), Math.max(1, seconds));
        }
        stale.forEach(each -> addCookie(context, each, "", 0));
    }

    /** Makes the browser forget the session. */
    void forgetSession(RoutingContext context) {
        listNames(context.request()).forEach(each -> addCookie(context, each, "", 0));
    }

    private Set<String> listNames(HttpServerRequest request) {
        return request.cookies().stream()
                .map(Cookie::getName)
                .filter(each -> names.matcher(each).matches())
                .collect(java.util.stream.Collectors.toSet());
    }

    private String nameOf(int index) {
        return index == 0 ? name : name + "." + index;
    }

    private void addCookie(RoutingContext context, String cookie, String value, long maxAgeSeconds) {
        context.response()
                .addCookie(Cookie.cookie(cookie, value)
                        .setPath("/")
                        .setMaxAge(maxAgeSeconds)
                        .setHttpOnly(true)
                        .setSecure(secure)
                        .setSameSite(CookieSameSite.LAX));
    }
}
