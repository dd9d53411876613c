package org.voyage.kit.guard;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Customizer that disables the upgrade to HTTP/2 without TLS. During an upgrade the HTTP server reads the body as fast
 * as it is sent and holds it in memory. A client whose upgrade is ignored continues with HTTP/1.1. RFC 9113 has dropped
 * that upgrade. HTTP/2 is available over TLS.
 */
@ApplicationScoped
class Http2UpgradeDisabler implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }
}
