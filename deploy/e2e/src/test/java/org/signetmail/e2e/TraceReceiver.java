package org.signetmail.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.signetmail.local.stack.Endpoints;

/** Takes traces as a collector does: OTLP over HTTP, protobuf. */
final class TraceReceiver {
    private static final TraceReceiver SHARED = new TraceReceiver();

    private final HttpServer http;
    private final Queue<Received> spans = new ConcurrentLinkedQueue<>();

    /** A span, with the name of the service that it is of. */
    record Received(String service, String name, String trace, String id, String parent, Map<String, String> notes) {}

    private TraceReceiver() {
        try {
            http = HttpServer.create(new InetSocketAddress(Endpoints.HOST, 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/v1/traces", this::take);
        http.start();
    }

    static TraceReceiver shared() {
        return SHARED;
    }

    /** What a service needs to send all its traces here. */
    Map<String, String> environment() {
        return Map.of(
                "QUARKUS_OTEL_SDK_DISABLED", "false",
                "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://" + Endpoints.HOST + ":" + http.getAddress().getPort(),
                "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "0.2S",
                "SIGNET_TRACE_RATIO", "1");
    }

    List<Received> of(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (exchange;
                InputStream body =
                        zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach(this::keep);
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void keep(ResourceSpans resource) {
        String service = notes(resource.getResource().getAttributesList()).get("service.name");
        resource.getScopeSpansList().stream()
                .flatMap(scope -> scope.getSpansList().stream())
                .forEach(span -> spans.add(received(service, span)));
    }

    private static Received received(String service, Span span) {
        HexFormat hex = HexFormat.of();
        return new Received(
                service,
                span.getName(),
                hex.formatHex(span.getTraceId().toByteArray()),
                hex.formatHex(span.getSpanId().toByteArray()),
                hex.formatHex(span.getParentSpanId().toByteArray()),
                notes(span.getAttributesList()));
    }

    private static Map<String, String> notes(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey,
                        note -> note.getValue().hasIntValue()
                                ? Long.toString(note.getValue().getIntValue())
                                : note.getValue().getStringValue(),
                        (_, last) -> last));
    }
}
