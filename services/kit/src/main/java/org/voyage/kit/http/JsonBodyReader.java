package org.voyage.kit.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.problem.StrictJson;

/** Reader of the {@link JsonBody} parameters of resource methods. */
@Provider
@Consumes("*/*")
public class JsonBodyReader implements ServerMessageBodyReader<JsonBody> {
    /** Size of the JSON body of one record, unpacked if it came compressed. */
    public static final int MAX_BODY_BYTES = 1024 * 1024;

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == JsonBody.class;
    }

    @Override
    public JsonBody readFrom(
            Class<JsonBody> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        return readBody(mediaType, headers.getFirst(HttpHeaders.CONTENT_ENCODING), body);
    }

    /** Replaces the check of JAX-RS, which would look up the annotations of the parameter each time. */
    @Override
    public boolean isReadable(Class<?> type, Type generic, ResteasyReactiveResourceInfo resource, MediaType mediaType) {
        return type == JsonBody.class;
    }

    @Override
    public JsonBody readFrom(Class<JsonBody> type, Type generic, MediaType mediaType, ServerRequestContext request)
            throws IOException {
        return readBody(
                mediaType,
                request.getRequestHeaders().getHeaderString(HttpHeaders.CONTENT_ENCODING),
                request.getInputStream());
    }

    private JsonBody readBody(MediaType mediaType, @Nullable String encoding, InputStream body) throws IOException {
        requireJson(mediaType);
        return new JsonBody(StrictJson.parseObject(BodyReader.readWhole(body, encoding, MAX_BODY_BYTES)));
    }

    private static void requireJson(MediaType mediaType) {
        if (!mediaType.getType().equalsIgnoreCase("application")
                || !mediaType.getSubtype().equalsIgnoreCase("json")) {
            throw new Refusal.UnsupportedMediaType("The body is application/json.", "请求正文应为 application/json。");
        }
        var charset = mediaType.getParameters().getOrDefault("charset", "utf-8");
        if (!charset.toLowerCase(Locale.ROOT).equals("utf-8")) {
            throw new Refusal.UnsupportedMediaType("JSON is sent in UTF-8.", "JSON 必须使用 UTF-8 编码。");
        }
    }
}
