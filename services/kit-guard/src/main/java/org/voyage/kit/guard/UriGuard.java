package org.voyage.kit.guard;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.voyage.kit.problem.EarlyRefusal;
import org.voyage.kit.problem.Refusal;

/**
 * Guard against invalid paths and queries: broken percent encoding, bytes that are not UTF-8, control characters.
 * Frameworks replace these silently and databases fail on them (PostgreSQL on U+0000). A write with a segment {@code ..}
 * in its path is refused too: it would change another object than the path names.
 */
@ApplicationScoped
public class UriGuard {
    private static final int MAX_URI_LENGTH = 8000;
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Pattern DOT_SEGMENT = Pattern.compile("/(?:\\.|%2[eE]){1,2}(?:[/;]|$)");

    private final Event<EarlyRefusal> refused;

    UriGuard(Event<EarlyRefusal> refused) {
        this.refused = refused;
    }

    void register(@Observes Filters filters) {
        filters.register(this::guardRequest, RequestId.FILTER_PRIORITY - 1);
    }

    private void guardRequest(RoutingContext context) {
        var uri = context.request().uri();
        if (uri.length() > MAX_URI_LENGTH) {
            refuseRequest(
                    context,
                    new Refusal.Malformed(
                            "Path and query are longer than " + MAX_URI_LENGTH + " characters.",
                            "路径与查询参数超过 " + MAX_URI_LENGTH + " 个字符。"));
        } else if (!isValid(uri)) {
            refuseRequest(
                    context,
                    new Refusal.Malformed(
                            "The path or the query is not UTF-8 in percent encoding, or has control characters.",
                            "路径或查询参数不是百分号编码的 UTF-8，或含有控制字符。"));
        } else if (!READING.contains(context.request().method()) && hasDotSegment(uri)) {
            refuseRequest(
                    context,
                    new Refusal.Malformed(
                            "The path of a write has no segment \".\" or \"..\".", "写入请求的路径中不得含有“.”或“..”路径段。"));
        } else {
            context.next();
        }
    }

    /** Refuses a request. The observers of {@link EarlyRefusal} run before the answer, off the event loop. */
    private void refuseRequest(RoutingContext context, Refusal refusal) {
        context.vertx()
                .executeBlocking(() -> {
                    refused.fire(new EarlyRefusal(context, refusal));
                    return refusal;
                })
                .onSuccess(told -> ProblemWriter.sendProblem(context, told))
                .onFailure(failure -> ProblemWriter.sendProblem(context, toRefusal(failure)));
    }

    private static Refusal toRefusal(Throwable failure) {
        return failure instanceof Refusal refusal ? refusal : new Refusal.Internal();
    }

    /** Returns whether the path has a segment that routing removes, also in percent encoding. */
    public static boolean hasDotSegment(String uri) {
        return DOT_SEGMENT.matcher(uri.split("[?#]", 2)[0]).find();
    }

    /** Returns whether path and query are UTF-8 in percent encoding, without control characters. */
    public static boolean isValid(String uri) {
        var bytes = new byte[uri.length()];
        int length = 0;
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            int value = c;
            if (c == '%') {
                if (i + 2 >= uri.length()) {
                    return false;
                }
                int high = Character.digit(uri.charAt(i + 1), 16);
                int low = Character.digit(uri.charAt(i + 2), 16);
                if (high < 0 || low < 0) {
                    return false;
                }
                value = high * 16 + low;
                i += 2;
            } else if (c > 0x7E) {
                return false;
            }
            if (value < 0x20 || value == 0x7F) {
                return false;
            }
            bytes[length++] = (byte) value;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
