package org.voyage.kit.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Finding> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

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
                refusal.findings());
    }

    /** Returns the whole response to a refused request. */
    public static Response toResponse(Refusal refusal, String requestId) {
        var problem = of(refusal, requestId);
        // As text, so that no content negotiation can get between a refusal and its reader.
        var response = Response.status(problem.status()).type(MEDIA_TYPE).entity(problem.toJson());
        headersOf(refusal).forEach(response::header);
        return response.build();
    }

    public static Map<String, String> headersOf(Refusal refusal) {
        var headers = new LinkedHashMap<String, String>();
        switch (refusal) {
            case Refusal.Unauthenticated it -> headers.put(HttpHeaders.WWW_AUTHENTICATE, it.challenge());
            case Refusal.MethodNotAllowed it -> headers.put(HttpHeaders.ALLOW, it.allow());
            case Refusal.KeyInUse it -> headers.put(HttpHeaders.RETRY_AFTER, "" + it.retryAfterSeconds());
            case Refusal.TooManyRequests it -> headers.put(HttpHeaders.RETRY_AFTER, "" + it.retryAfterSeconds());
            case Refusal.QuotaExceeded it
            when it.retryAfterSeconds() > 0 -> headers.put(HttpHeaders.RETRY_AFTER, "" + it.retryAfterSeconds());
            case Refusal.PositionExpired it
            when !it.next().isEmpty() -> headers.put(HttpHeaders.LINK, "<" + it.next() + ">; rel=\"next\"");
            case Refusal.Gone it
            when !it.successor().isEmpty() ->
                headers.put(HttpHeaders.LINK, "<" + it.successor() + ">; rel=\"successor-version\"");
            case Refusal.ReceiptPending it -> headers.put(HttpHeaders.RETRY_AFTER, "" + it.retryAfterSeconds());
            case Refusal.Unavailable it -> headers.put(HttpHeaders.RETRY_AFTER, "" + it.retryAfterSeconds());
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
