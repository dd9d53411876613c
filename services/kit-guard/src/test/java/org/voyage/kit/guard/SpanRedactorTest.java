package org.voyage.kit.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpanRedactorTest {

    @Test
    void keeps_the_method_and_no_path_query_or_address() {
        try (SdkTracerProvider provider =
                SdkTracerProvider.builder().addSpanProcessor(new SpanRedactor()).build()) {
            ReadWriteSpan span = (ReadWriteSpan) provider.get("test")
                    .spanBuilder("PUT")
                    .setAttribute("http.request.method", "PUT")
                    .setAttribute("url.path", "/v1/overseas-schools/12/ZHANG-SAN")
                    .setAttribute("url.query", "q=ZHANG")
                    .setAttribute("client.address", "203.0.113.7")
                    .setAttribute("messaging.destination.name", "overseas.overseas-school")
                    .startSpan();
            span.setAttribute("network.peer.address", "203.0.113.7");
            span.end();

            assertThat(span.getAttributes().asMap())
                    .isEqualTo(Map.of(
                            AttributeKey.stringKey("http.request.method"), "PUT",
                            AttributeKey.stringKey("url.path"), SpanRedactor.REDACTED,
                            AttributeKey.stringKey("url.query"), SpanRedactor.REDACTED,
                            AttributeKey.stringKey("client.address"), SpanRedactor.REDACTED,
                            AttributeKey.stringKey("network.peer.address"), SpanRedactor.REDACTED,
                            AttributeKey.stringKey("messaging.destination.name"), "overseas.overseas-school"));
        }
    }
}
