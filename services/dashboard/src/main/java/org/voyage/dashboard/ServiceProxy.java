package org.voyage.dashboard;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.voyage.kit.guard.ConnectionGuard;

/** Proxy of one service: bodies pass in both directions as they come, at the pace of the slower side. */
final class ServiceProxy {
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    /** Less than the services keep an idle connection. */
    private static final int KEEP_ALIVE_SECONDS = 20;

    private static final int MAX_HEAD_BYTES = 65_536;

    private static final String HEALTH_PATH = "/q/health/live";
    /** A tunnel would pass without the interceptor. */
    private static final ProxyOptions NO_TUNNELS = new ProxyOptions().setSupportWebSocket(false);

    private final Vertx vertx;
    private final String prefix;
    private final URI service;
    private final HttpClient client;
    private final ServiceLiveness liveness;
    private final Duration answerTimeout;

    /** @param prefix path under which clients reach the service, without a slash at its end */
    ServiceProxy(Vertx vertx, String prefix, URI service, Duration answerTimeout) {
        boolean tls = service.getScheme().equals("https");
        int standardPort = tls ? 443 : 80;
        this.vertx = vertx;
        this.prefix = prefix;
        this.answerTimeout = answerTimeout;
        this.service = URI.create(service.toString().replaceAll("/$", ""));
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setDefaultHost(service.getHost())
                .setDefaultPort(service.getPort() > 0 ? service.getPort() : standardPort)
                .setSsl(tls)
                // As many as a service accepts, so that the service decides about overload.
                .setMaxPoolSize(ConnectionGuard.MAX_CONNECTIONS)
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxInitialLineLength(MAX_HEAD_BYTES)
                .setMaxHeaderSize(MAX_HEAD_BYTES));
        this.liveness = new ServiceLiveness(client, this.service.getRawPath() + HEALTH_PATH, answerTimeout);
    }

    /** Passes a request on, with the access token of its session unless it brings its own. */
    void forwardRequest(HttpServerRequest request, Optional<String> accessToken) {
        AnswerDeadline deadline = new AnswerDeadline(vertx, request, liveness, answerTimeout);
        HttpProxy.reverseProxy(NO_TUNNELS, client)
                .origin(_ -> client.request(new RequestOptions()).onSuccess(deadline::watchAnswer))
                .addInterceptor(new ServiceInterceptor(prefix, service, accessToken, deadline))
                .handle(request);
    }
}
