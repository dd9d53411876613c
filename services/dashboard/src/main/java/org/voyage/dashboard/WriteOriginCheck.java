package org.voyage.dashboard;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Check of writes that come with a cookie, which a browser sends by itself. A page of another site cannot set {@value
 * #HEADER}, and it cannot hide its origin.
 */
final class WriteOriginCheck {
    static final String HEADER = "X-Voyage-Request";
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private WriteOriginCheck() {}

    /** Returns whether the request is a read, or a write from a page of this origin. */
    static boolean mayUseCookie(HttpServerRequest request) {
        return READS.contains(request.method())
                || (request.headers().contains(HEADER)
                        && isSameSite(request.getHeader("Sec-Fetch-Site"))
                        && isOwnOrigin(request.getHeader(HttpHeaders.ORIGIN), request));
    }

    private static boolean isSameSite(@Nullable String site) {
        return site == null || site.equals("same-origin");
    }

    private static boolean isOwnOrigin(@Nullable String origin, HttpServerRequest request) {
        if (origin == null) {
            return true;
        }
        try {
            return request.authority() != null
                    && request.authority()
                            .toString()
                            .equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
