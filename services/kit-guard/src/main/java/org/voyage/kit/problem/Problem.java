package org.voyage.kit.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Problem document of a refusal: RFC 9457 problem details, in English and Chinese. {@code instance} is the request's
 * id.
 */
public record Problem(
        String type,
        String title,
        String titleZh,
        int status,
        String detail,
        String detailZh,
        String instance,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Finding> errors,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable QuotaUsage quota) {

    public static final String MEDIA_TYPE = "application/problem+json";
    private static final String RETRY_AFTER = "Retry-After";

    public static Problem of(Refusal refusal, String requestId) {
        var type = ProblemType.of(refusal);
        return new Problem(
                type.uri(),
                type.title(),
                type.titleZh(),
                type.status(),
                refusal.detail(),
                refusal.detailZh(),
                requestId,
                refusal.findings(),
                refusal.usage());
    }

    public static Map<String, String> headersOf(Refusal refusal) {
        var headers = new LinkedHashMap<String, String>();
        switch (refusal) {
            case Refusal.Unauthenticated it -> headers.put("WWW-Authenticate", it.challenge());
            case Refusal.MethodNotAllowed it -> headers.put("Allow", it.allow());
            case Refusal.KeyInUse it -> headers.put(RETRY_AFTER, "" + it.retryAfterSeconds());
            case Refusal.TooManyRequests it -> headers.put(RETRY_AFTER, "" + it.retryAfterSeconds());
            case Refusal.QuotaExceeded it
            when it.usage().retryAt() != null ->
                headers.put(RETRY_AFTER, "" + it.usage().retryAfterSeconds());
            case Refusal.StorageFull it -> {
                headers.put(RETRY_AFTER, "" + it.usage().retryAfterSeconds());
                // The body is not read to its end.
                headers.put("Connection", "close");
            }
            case Refusal.PositionExpired it
            when !it.next().isEmpty() -> headers.put("Link", "<" + it.next() + ">; rel=\"next\"");
            case Refusal.ReceiptPending it -> headers.put(RETRY_AFTER, "" + it.retryAfterSeconds());
            case Refusal.Unavailable it -> headers.put(RETRY_AFTER, "" + it.retryAfterSeconds());
            // The rest of a body that is too large is not read: the connection cannot be used again.
            case Refusal.TooLarge _ -> headers.put("Connection", "close");
            default -> {}
        }
        return headers;
    }

    public String toJson() {
        try {
            return StrictJson.MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
