package org.voyage.kit.http;

import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Refusal;

/**
 * Filter that announces the deprecation of an operation in its responses, and refuses the operation after its sunset.
 */
@Provider
public class DeprecationFilter implements ContainerRequestFilter {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Map<ResourceOperation, Optional<DeprecationNotice>> known = new ConcurrentHashMap<>();

    @Context
    @SuppressWarnings("NullAway.Init")
    ResourceInfo resource;

    @Context
    @SuppressWarnings("NullAway.Init")
    HttpServerResponse response;

    /** An operation of a resource, whose method may be declared by a shared interface. */
    private record ResourceOperation(Class<?> resource, Method method) {}

    /** Deprecation of one operation. */
    private record DeprecationNotice(Instant since, Optional<Instant> sunset, String successor) {
        static DeprecationNotice of(Deprecation deprecation) {
            return new DeprecationNotice(
                    parseDay(deprecation.since()),
                    Optional.of(deprecation.sunset())
                            .filter(text -> !text.isEmpty())
                            .map(DeprecationNotice::parseDay),
                    deprecation.successor());
        }

        private static Instant parseDay(String text) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    @Override
    public void filter(ContainerRequestContext request) {
        @Nullable Method method = resource.getResourceMethod();
        if (method == null) {
            return;
        }
        known.computeIfAbsent(
                        new ResourceOperation(resource.getResourceClass(), method), DeprecationFilter::findAnnouncement)
                .ifPresent(this::addHeaders);
    }

    private void addHeaders(DeprecationNotice it) {
        response.putHeader("Deprecation", "@" + it.since().getEpochSecond());
        it.sunset().ifPresent(sunset -> response.putHeader("Sunset", HTTP_DATE.format(sunset)));
        if (it.sunset().filter(sunset -> !sunset.isAfter(Instant.now())).isPresent()) {
            throw new Refusal.Gone(it.successor());
        }
        if (!it.successor().isEmpty()) {
            response.putHeader("Link", "<" + it.successor() + ">; rel=\"successor-version\"");
        }
    }

    private static Optional<DeprecationNotice> findAnnouncement(ResourceOperation operation) {
        @Nullable Deprecation own = operation.method().getAnnotation(Deprecation.class);
        return Optional.ofNullable(own != null ? own : operation.resource().getAnnotation(Deprecation.class))
                .map(DeprecationNotice::of);
    }
}
