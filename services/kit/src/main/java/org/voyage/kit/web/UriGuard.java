package org.voyage.kit.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Refuses a path or query that no rule behind it could mean: broken percent encoding, bytes that are not UTF-8, control
 * characters. Frameworks replace such things silently and databases choke on them (PostgreSQL on U+0000).
 */
@ApplicationScoped
public class UriGuard {
    private static final int LONGEST = 8000;

    private final Event<RefusedEarly> refused;

    UriGuard(Event<RefusedEarly> refused) {
        this.refused = refused;
    }

    void register(@Observes Filters filters) {
        filters.register(this::guard, RequestId.BEFORE_EVERYTHING - 1);
    }

    private void guard(RoutingContext context) {
        var uri = context.request().uri();
        if (uri.length() > LONGEST) {
            refuse(
                    context,
                    new Refusal.Malformed(
                            "Path and query are longer than " + LONGEST + " characters.",
                            "路径与查询参数超过 " + LONGEST + " 个字符。"));
        } else if (sane(uri)) {
            context.next();
        } else {
            refuse(
                    context,
                    new Refusal.Malformed(
                            "The path or the query is not UTF-8 in percent encoding, or has control characters.",
                            "路径或查询参数不是百分号编码的 UTF-8，或含有控制字符。"));
        }
    }

    /** Whoever wants to know of a refusal is told before the caller is, off the event loop. */
    private void refuse(RoutingContext context, Refusal refusal) {
        context.vertx()
                .executeBlocking(() -> {
                    refused.fire(new RefusedEarly(context, refusal));
                    return refusal;
                })
                .onSuccess(told -> ProblemAnswer.send(context, told))
                .onFailure(failure -> ProblemAnswer.send(context, Failures.refusal(failure)));
    }

    static boolean sane(String uri) {
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
