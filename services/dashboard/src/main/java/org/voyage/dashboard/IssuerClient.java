package org.voyage.dashboard;

import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Client of the OpenID provider for the life of sessions. Quarkus itself does the sign-in and the refresh of tokens. */
@ApplicationScoped
class IssuerClient {
    private static final Logger LOG = Logger.getLogger(IssuerClient.class);
    private static final int TIMEOUT_MILLIS = 5_000;

    private final HttpClient http;
    private final TenantConfigBean tenants;
    private final String clientId;
    private final Optional<String> clientSecret;

    IssuerClient(
            Vertx vertx,
            TenantConfigBean tenants,
            @ConfigProperty(name = "quarkus.oidc.client-id") String clientId,
            @ConfigProperty(name = "quarkus.oidc.credentials.secret") Optional<String> clientSecret) {
        this.http = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(TIMEOUT_MILLIS));
        this.tenants = tenants;
        this.clientId = clientId;
        this.clientSecret = clientSecret;
    }

    /**
     * Returns whether the issuer refuses the access token, because its session has ended. An expired token says nothing
     * about its session, and neither does an issuer that does not answer: then the session goes on.
     */
    Future<Boolean> isRefused(String accessToken) {
        String address = metadata(OidcConfigurationMetadata::getUserInfoUri);
        if (address == null || isExpired(accessToken)) {
            return Future.succeededFuture(false);
        }
        return http.request(
                        options(HttpMethod.GET, address).putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + accessToken))
                .compose(request -> request.send())
                .compose(answer -> answer.body().map(_ -> answer.statusCode() == 401 && !isExpired(accessToken)))
                .recover(failure -> {
                    LOG.debug("The issuer does not answer", failure);
                    return Future.succeededFuture(false);
                });
    }

    /** Ends the session at the issuer by its refresh token, without the browser. A failure is only logged. */
    Future<Void> endSession(PersonSession session) {
        String address = metadata(OidcConfigurationMetadata::getEndSessionUri);
        if (address == null || session.refreshToken().isEmpty()) {
            return Future.succeededFuture();
        }
        String form = "client_id=" + encode(clientId) + "&client_secret=" + encode(clientSecret.orElse(""))
                + "&refresh_token=" + encode(session.refreshToken());
        return http.request(options(HttpMethod.POST, address)
                        .putHeader(HttpHeaders.CONTENT_TYPE, HttpHeaders.APPLICATION_X_WWW_FORM_URLENCODED))
                .compose(request -> request.send(form))
                .compose(answer -> answer.body().map(_ -> answer.statusCode()))
                .onSuccess(status -> {
                    if (status >= 400) {
                        LOG.warnf("The issuer answered %d to the end of a session", status);
                    }
                })
                .recover(failure -> {
                    LOG.warn("The issuer was not reached to end a session: " + failure.getMessage());
                    return Future.succeededFuture();
                })
                .mapEmpty();
    }

    private static RequestOptions options(HttpMethod method, String address) {
        return new RequestOptions().setMethod(method).setAbsoluteURI(address).setTimeout(TIMEOUT_MILLIS);
    }

    private @Nullable String metadata(java.util.function.Function<OidcConfigurationMetadata, @Nullable String> wanted) {
        OidcConfigurationMetadata known = tenants.getDefaultTenant().getOidcMetadata();
        return known == null ? null : wanted.apply(known);
    }

    /** Returns whether the token's time is over; tokens that are no JWT do not say. */
    private static boolean isExpired(String token) {
        String[] parts = token.split("\\.");
        try {
            return parts.length == 3
                    && new JsonObject(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                                    .getLong("exp", Long.MAX_VALUE)
                            <= Instant.now().getEpochSecond();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
