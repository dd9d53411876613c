package org.voyage.kit.guard;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.privacy.DocumentNumberDetector;
import org.voyage.kit.privacy.PersonalNameDetector;

/**
 * Id of a request, assigned before any other processing. It is in the response's {@value HeaderNames#REQUEST_ID}, in
 * every log line ({@code %X{requestId}}), the {@code instance} of a problem and the cause of the events of a write.
 */
@ApplicationScoped
public class RequestId {
    /** Priority of the filter that assigns the id; filters with a lower one run later. */
    public static final int FILTER_PRIORITY = 10_000;

    private static final Pattern VALID_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final String REQUEST_ID_ATTRIBUTE = "voyage.request-id";

    private final CurrentVertxRequest current;

    RequestId(CurrentVertxRequest current) {
        this.current = current;
    }

    void register(@Observes Filters filters) {
        filters.register(RequestId::tagRequest, FILTER_PRIORITY);
    }

    /** Returns the id of the current request; outside of one, an id of its own. */
    public String value() {
        var context = current.getCurrent();
        return context == null ? newId() : of(context);
    }

    /** Returns the id of a given request. */
    public static String of(RoutingContext context) {
        String id = context.get(REQUEST_ID_ATTRIBUTE);
        if (id == null) {
            id = chooseId(context.request().getHeader(HeaderNames.REQUEST_ID));
            context.put(REQUEST_ID_ATTRIBUTE, id);
        }
        return id;
    }

    static String chooseId(@Nullable String incoming) {
        return incoming != null && VALID_ID.matcher(incoming).matches() && !namesPerson(incoming) ? incoming : newId();
    }

    /** Events and logs show the id, so a caller's id that looks like a person is replaced. */
    private static boolean namesPerson(String id) {
        return DocumentNumberDetector.mayContainDocument(id) || PersonalNameDetector.isName(id);
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static void tagRequest(RoutingContext context) {
        var id = of(context);
        context.response().putHeader(HeaderNames.REQUEST_ID, id);
        MDC.put("requestId", id);
        context.next();
    }
}
