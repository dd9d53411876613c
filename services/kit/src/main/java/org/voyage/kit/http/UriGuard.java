package org.voyage.kit.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.voyage.kit.problem.EarlyRefusal;
import org.voyage.kit.problem.FailureClassifier;
import org.voyage.kit.problem.Refusal;

/**
 * Guard against invalid paths and queries: broken percent encoding, bytes that are not UTF-8, control characters.
 * Frameworks replace these silently and databases fail on them (PostgreSQL on U+0000).
 */
@ApplicationScoped
public class UriGuard {
    private static final int MAX_URI_LENGTH = 8000;

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
        } else if (isValid(uri)) {
            context.next();
        } else {
            refuseRequest(
                    context,
                    new Refusal.Malformed(
                            "The path or the query is not UTF-8 in percent encoding, or has control characters.",
                            "路径或查询参数不是百分号编码的 UTF-8，或含有控制字符。"));
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
                .onFailure(failure -> ProblemWriter.sendProblem(context, FailureClassifier.toRefusal(failure)));
    }

    static boolean isValid(String uri) {
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
