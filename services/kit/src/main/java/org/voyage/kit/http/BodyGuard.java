package org.voyage.kit.http;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Refusal;

/**
 * Filter that refuses a body by its headers: one whose {@code Content-Type} is missing, doubled, a wildcard or not
 * readable (415), and a JSON body whose {@code Content-Length} is above the limit (413). JAX-RS would guess the first
 * and wait for the second.
 */
@Provider
public class BodyGuard implements ContainerRequestFilter {
    /** Shorter lengths are below any sensible limit. */
    private static final int LONG_LENGTH_DIGITS = 4;

    /** The pattern takes quadratic time. */
    private static final int MAX_TYPE_LENGTH = 256;

    private static final String TOKEN = "[A-Za-z0-9!#$%&'+.^_`|~-]+";
    private static final Pattern MEDIA_TYPE = Pattern.compile(
            TOKEN + "/" + TOKEN + "(?:[ \\t]*;[ \\t]*" + TOKEN + "=(?:" + TOKEN + "|\"[^\"\\\\]*\"))*[ \\t]*;?[ \\t]*");

    private final Map<Method, List<String>> known = new ConcurrentHashMap<>();

    @Context
    @SuppressWarnings("NullAway.Init")
    ResourceInfo resource;

    @Context
    @SuppressWarnings("NullAway.Init")
    HttpServerRequest http;

    @Override
    public void filter(ContainerRequestContext request) {
        var headers = http.headers();
        @Nullable String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        if (length == null ? !headers.contains("Transfer-Encoding") : length.equals("0")) {
            return;
        }
        @Nullable Method method = resource.getResourceMethod();
        var accepted = method == null ? List.<String>of() : known.computeIfAbsent(method, BodyGuard::acceptedTypes);
        if (accepted.isEmpty()) {
            return;
        }
        var types = headers.getAll(HttpHeaders.CONTENT_TYPE);
        if (types.size() != 1 || !isMediaType(types.getFirst())) {
            throw new Refusal.UnsupportedMediaType(
                    "A body needs a Content-Type; this path takes " + String.join(", ", accepted) + ".",
                    "请求正文须注明 Content-Type；可接受 " + String.join("、", accepted) + "。");
        }
        if (length != null
                && length.length() >= LONG_LENGTH_DIGITS
                && accepted.equals(List.of(MediaType.APPLICATION_JSON))) {
            requireLengthWithin(length, JsonBodyReader.MAX_BODY_BYTES);
        }
    }

    private static void requireLengthWithin(String length, long limit) {
        if (isAbove(length, limit)) {
            throw new Refusal.TooLarge(limit);
        }
    }

    static boolean isMediaType(String type) {
        return type.equalsIgnoreCase(MediaType.APPLICATION_JSON)
                || type.length() <= MAX_TYPE_LENGTH && MEDIA_TYPE.matcher(type).matches();
    }

    /** Returns whether a {@code Content-Length}, which the HTTP server has read as a number, is above a limit. */
    public static boolean isAbove(String length, long limit) {
        try {
            return Long.parseLong(length.strip()) > limit;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private static List<String> acceptedTypes(Method method) {
        @Nullable Consumes consumes = method.getAnnotation(Consumes.class);
        return consumes == null ? List.of() : List.of(consumes.value());
    }
}
