package org.voyage.kit.web;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Gives every request an id before anything else looks at it: in the answer's {@value Headers#REQUEST_ID}, in every log
 * line ({@code %X{requestId}}), as {@code instance} of a problem and as cause of the events of a write.
 */
@ApplicationScoped
public class RequestId {
    static final int BEFORE_EVERYTHING = 10_000;
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final String ATTRIBUTE = "voyage.request-id";

    private final CurrentVertxRequest current;

    RequestId(CurrentVertxRequest current) {
        this.current = current;
    }

    void register(@Observes Filters filters) {
        filters.register(RequestId::tag, BEFORE_EVERYTHING);
    }

    /** The id of the request that is being answered; outside of one, an id of its own. */
    public String value() {
        var context = current.getCurrent();
        return context == null ? fresh() : of(context);
    }

    /** The id of a request at hand. */
    public static String of(RoutingContext context) {
        String id = context.get(ATTRIBUTE);
        if (id == null) {
            id = choose(context.request().getHeader(Headers.REQUEST_ID));
            context.put(ATTRIBUTE, id);
        }
        return id;
    }

    static String choose(@Nullable String incoming) {
        return incoming != null && SANE.matcher(incoming).matches() ? incoming : fresh();
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    private static void tag(RoutingContext context) {
        var id = of(context);
        context.response().putHeader(Headers.REQUEST_ID, id);
        MDC.put("requestId", id);
        context.next();
    }
}
