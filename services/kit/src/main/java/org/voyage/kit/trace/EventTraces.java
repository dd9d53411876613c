package org.voyage.kit.trace;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spans of an event (docs/adr/0056). A traceparent (W3C) names the span that comes before. An event without one has no
 * spans, so nothing is done for it. A span that is not ended is not exported.
 */
public final class EventTraces {

    /** Header of a message on Kafka. */
    public static final String TRACEPARENT_HEADER = "traceparent";

    private static final TextMapGetter<String> WHOLE_CARRIER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(TRACEPARENT_HEADER);
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
            return key.equals(TRACEPARENT_HEADER) ? carrier : null;
        }
    };

    private EventTraces() {}

    /** Returns the traceparent of the current span; null when no span is recorded. */
    public static @Nullable String currentTraceparent() {
        Span current = Span.current();
        return current.getSpanContext().isSampled() ? traceparentOf(current) : null;
    }

    /**
     * Begins a span.
     *
     * @param topic of the event
     * @param traceparent of the span before
     */
    public static Span beginSpan(String name, SpanKind kind, String topic, String traceparent) {
        SpanBuilder span = GlobalOpenTelemetry.getTracer("org.voyage.kit")
                .spanBuilder(name)
                .setSpanKind(kind)
                .setParent(W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, WHOLE_CARRIER));
        return span.setAttribute("messaging.destination.name", topic).startSpan();
    }

    /** Returns the traceparent of a span. */
    public static String traceparentOf(Span span) {
        String[] written = {""};
        W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), written, (carrier, key, value) -> {
            if (carrier != null && key.equals(TRACEPARENT_HEADER)) {
                carrier[0] = value;
            }
        });
        return written[0];
    }
}
