package org.voyage.kit.guard;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.internal.ExtendedSpanProcessor;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/**
 * Redactor of the texts of a span that are not known to be harmless. Paths, queries, hosts and names of client programs may
 * name a record or a person, and addresses do. The route stays.
 */
@Singleton
class SpanRedactor implements ExtendedSpanProcessor {

    static final String REDACTED = "redacted";

    private static final Set<String> HARMLESS_KEYS = Set.of(
            "http.request.method",
            "http.route",
            "url.scheme",
            "network.protocol.name",
            "network.protocol.version",
            "error.type",
            "code.function.name",
            "messaging.destination.name",
            "messaging.consumer.group.name",
            "messaging.message.id");

    @Override
    public void onEnding(ReadWriteSpan span) {
        span.getAttributes().forEach((key, _) -> {
            if (HARMLESS_KEYS.contains(key.getKey())) {
                return;
            }
            if (key.getType() == AttributeType.STRING) {
                span.setAttribute(AttributeKey.stringKey(key.getKey()), REDACTED);
            } else if (key.getType() == AttributeType.STRING_ARRAY) {
                span.setAttribute(AttributeKey.stringArrayKey(key.getKey()), List.of(REDACTED));
            }
        });
    }

    @Override
    public boolean isOnEndingRequired() {
        return true;
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
