package org.voyage.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Receiver of traces (OTLP over HTTP) that keeps all spans. */
final class TraceReceiver implements AutoCloseable {

    private static final HexFormat HEX = HexFormat.of();

    /**
     * Span of a service.
     *
     * @param parent id of the span before; empty for the first
     * @param content all of it, as text
     */
    record ReceivedSpan(String service, String name, String trace, String id, String parent, String content) {}

    private final HttpServer server;
    private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();

    private TraceReceiver(HttpServer server) {
        this.server = server;
    }

    static TraceReceiver start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 100);
        TraceReceiver receiver = new TraceReceiver(server);
        server.createContext("/v1/traces", receiver::receive);
        server.start();
        return receiver;
    }

    /** Returns the variables by which services send traces here. */
    Map<String, String> environment() {
        return Map.of(
                "QUARKUS_OTEL_SDK_DISABLED",
                "false",
                "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL",
                "http/protobuf",
                "QUARKUS_OTEL_BSP_SCHEDULE_DELAY",
                "200ms",
                "QUARKUS_OTEL_TRACES_SAMPLER_ARG",
                "0.0001");
    }

    /** Returns the id of a new trace that is one of the few that services send. */
    static String newTraceId() {
        String id = UUID.randomUUID().toString().replace("-", "");
        return id.substring(0, 16) + "0000" + id.substring(20);
    }

    List<ReceivedSpan> spansOf(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            for (ResourceSpans resource : ExportTraceServiceRequest.parseFrom(exchange.getRequestBody())
                    .getResourceSpansList()) {
                String service = resource.getResource().getAttributesList().stream()
                        .filter(each -> each.getKey().equals("service.name"))
                        .map(each -> each.getValue().getStringValue())
                        .findFirst()
                        .orElse("");
                resource.getScopeSpansList()
                        .forEach(scope ->
                                scope.getSpansList().forEach(span -> spans.add(toReceivedSpan(service, span))));
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static ReceivedSpan toReceivedSpan(String service, Span span) {
        return new ReceivedSpan(
                service,
                span.getName(),
                HEX.formatHex(span.getTraceId().toByteArray()),
                HEX.formatHex(span.getSpanId().toByteArray()),
                HEX.formatHex(span.getParentSpanId().toByteArray()),
                span.toString());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
