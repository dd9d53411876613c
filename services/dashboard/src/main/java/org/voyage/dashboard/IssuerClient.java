package org.voyage.dashboard;

import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Client of the OpenID provider for the life of sessions. Quarkus itself does the sign-in. */
@ApplicationScoped
class IssuerClient {
    private static final Logger LOG = Logger.getLogger(IssuerClient.class);
    private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
    private static final int CHECK_TIMEOUT_MILLIS = 5_000;
    /** A refresh is not given up early: an issuer that rotates refresh tokens has used the old one up. */
    private static final int TOKEN_TIMEOUT_MILLIS = 30_000;
    /** Checks in flight of all sessions; further ones wait for their turn. */
    static final int MAX_CHECKS = 50;

    /** Checks and refreshes never wait for each other. */
    private final HttpClient checks;

    private final HttpClient tokens;
    private final TenantConfigBean tenants;
    private final String clientId;
    private final Optional<String> clientSecret;

    /** Answer to a request. */
    private record Answer(int status, Buffer body) {}

    IssuerClient(
            Vertx vertx,
            TenantConfigBean tenants,
            @ConfigProperty(name = "quarkus.oidc.client-id") String clientId,
            @ConfigProperty(name = "quarkus.oidc.credentials.secret") Optional<String> clientSecret) {
        HttpClientOptions options = new HttpClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(MAX_CHECKS);
        this.checks = vertx.createHttpClient(options, pool);
        this.tokens = vertx.createHttpClient(options, pool);
        this.tenants = tenants;
        this.clientId = clientId;
        this.clientSecret = clientSecret;
    }

    /** Asks whether the issuer refuses an access token, because its session has ended or its own life is over. */
    Future<SessionCheck> checkSession(String accessToken) {
        return findEndpoint(OidcConfigurationMetadata::getUserInfoUri)
                .compose(address -> address.isEmpty()
                        ? Future.succeededFuture(SessionCheck.UNKNOWN)
                        : checks.request(options(HttpMethod.GET, address.get(), CHECK_TIMEOUT_MILLIS)
                                        .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + accessToken))
                                .compose(HttpClientRequest::send)
                                .compose(answer -> answer.body().map(_ -> switch (answer.statusCode()) {
                                    case 200 -> SessionCheck.ALIVE;
                                    case 401 -> SessionCheck.REFUSED;
                                    default -> SessionCheck.UNKNOWN;
                                })))
                .recover(failure -> {
                    LOG.debug("The issuer does not answer", failure);
                    return Future.succeededFuture(SessionCheck.UNKNOWN);
                });
    }

    /** Exchanges a refresh token for new tokens. The future never fails. */
    Future<RefreshAnswer> refreshTokens(String refreshToken) {
        return findEndpoint(OidcConfigurationMetadata::getTokenUri)
                .compose(address -> postForm(
                        address.orElseThrow(),
                        Map.of("grant_type", "refresh_token", "refresh_token", refreshToken),
                        TOKEN_TIMEOUT_MILLIS))
                .map(IssuerClient::readRefresh)
                .recover(failure -> {
                    LOG.warn("The issuer was not reached to refresh tokens: " + failure.getMessage());
                    return Future.succeededFuture(new RefreshAnswer.NotReached());
                });
    }

    private static RefreshAnswer readRefresh(Answer answer) {
        JsonObject body = parseObject(answer.body());
        if (answer.status() == 200 && body.containsKey("access_token")) {
            return new RefreshAnswer.NewTokens(body);
        }
        if (answer.status() < 500 && "invalid_grant".equals(body.getValue("error"))) {
            return new RefreshAnswer.Refused();
        }
        // E.g. a wrong client secret: a fault of the installation, not the end of the session.
        LOG.warnf("The issuer answered %d to a refresh: %s", answer.status(), body.getValue("error"));
        return new RefreshAnswer.NotReached();
    }

    private static JsonObject parseObject(Buffer body) {
        try {
            return body.toJsonObject();
        } catch (RuntimeException e) {
            return new JsonObject();
        }
    }

    /**
     * Ends the session at the issuer by its refresh token, without the browser, as Keycloak can. Where the issuer
     * cannot, the token is revoked (RFC 7009), and only the browser can end the session. So it is, too, where the issuer
     * does not answer now: the browser may reach it, or reaches it later. The future never fails.
     *
     * @return whether the browser has to go to the address of {@link #findSignOutAddress}
     */
    Future<Boolean> endSession(PersonSession session) {
        return findEndpoint(OidcConfigurationMetadata::getEndSessionUri)
                .compose(address -> postIfKnown(address, Map.of("refresh_token", session.refreshToken()))
                        .compose(status -> status == 204
                                ? Future.succeededFuture(false)
                                : revokeToken(session.refreshToken()).map(_ -> address.isPresent()))
                        .recover(failure -> noteNoEnd(failure, address.isPresent())))
                .recover(failure -> noteNoEnd(failure, false));
    }

    private static Future<Boolean> noteNoEnd(Throwable failure, boolean goesOn) {
        LOG.warn("The issuer was not reached to end a session: " + failure.getMessage());
        return Future.succeededFuture(goesOn);
    }

    private Future<Integer> revokeToken(String refreshToken) {
        return findEndpoint(OidcConfigurationMetadata::getRevocationUri)
                .compose(address ->
                        postIfKnown(address, Map.of("token", refreshToken, "token_type_hint", "refresh_token")));
    }

    private Future<Integer> postIfKnown(Optional<String> address, Map<String, String> fields) {
        return address.map(
                        known -> postForm(known, fields, CHECK_TIMEOUT_MILLIS).map(Answer::status))
                .orElseGet(() -> Future.succeededFuture(0));
    }

    /**
     * Returns where the browser ends the session at the issuer (OpenID Connect RP-Initiated Logout); empty if the issuer
     * names no address.
     *
     * @param returnAddress where the issuer leads the browser then
     */
    Future<Optional<String>> findSignOutAddress(String idToken, String returnAddress) {
        String query = encodeForm(
                Map.of("client_id", clientId, "id_token_hint", idToken, "post_logout_redirect_uri", returnAddress));
        return findEndpoint(OidcConfigurationMetadata::getEndSessionUri)
                .map(address -> address.map(known -> known + (known.contains("?") ? "&" : "?") + query));
    }

    private Future<Answer> postForm(String address, Map<String, String> fields, int timeoutMillis) {
        String form = encodeForm(fields) + "&"
                + encodeForm(Map.of("client_id", clientId, "client_secret", clientSecret.orElse("")));
        return tokens.request(options(HttpMethod.POST, address, timeoutMillis)
                        .putHeader(HttpHeaders.CONTENT_TYPE, HttpHeaders.APPLICATION_X_WWW_FORM_URLENCODED))
                .compose(request -> request.send(form))
                .compose(answer -> answer.body().map(body -> new Answer(answer.statusCode(), body)));
    }

    private static RequestOptions options(HttpMethod method, String address, int timeoutMillis) {
        return new RequestOptions().setMethod(method).setAbsoluteURI(address).setTimeout(timeoutMillis);
    }

    /** Returns an endpoint of the issuer's discovery document, which is read now if the issuer was away before. */
    private Future<Optional<String>> findEndpoint(Function<OidcConfigurationMetadata, @Nullable String> wanted) {
        return Future.fromCompletionStage(
                        tenants.getDefaultTenant().initialize().subscribeAsCompletionStage())
                .map(tenant -> Optional.ofNullable(tenant.getOidcMetadata())
                        .orElseThrow(() -> new IllegalStateException("its discovery document is not known")))
                .map(known -> Optional.ofNullable(wanted.apply(known)));
    }

    private static String encodeForm(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
