package org.voyage.kit.http;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Without TLS we speak HTTP/1.1 only. A body that comes with the request to upgrade to HTTP/2 is read by the HTTP server as
 * fast as it is sent and held in memory whole; a client whose wish to upgrade is passed over goes on by HTTP/1.1 unharmed.
 * RFC 9113 has dropped that upgrade. HTTP/2 is spoken over TLS.
 */
@ApplicationScoped
class Http2UpgradeDisabler implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }
}
