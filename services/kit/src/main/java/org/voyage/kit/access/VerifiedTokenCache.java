package org.voyage.kit.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Cache of tokens whose signature and claims were verified, so that a client that sends the same token with every
 * request has it verified once a minute. The key of an entry is the whole text of the token. An entry ends with the
 * token, and after {@code voyage.access.remember-tokens} at the latest (0: every request verifies its token). A
 * withdrawn signing key therefore stays valid for that time.
 */
@Singleton
class VerifiedTokenCache implements IdentityProvider<TokenAuthenticationRequest>, SecurityIdentityAugmentor {

    private static final int MAX_TOKENS = 10_000;
    /** A subject of OpenID Connect has at most 255 characters. */
    private static final Pattern CLIENT_ID_PATTERN = Pattern.compile("\\P{C}{1,255}");
    /** The end of the year 9999: no calendar of the platform goes further. */
    private static final long MAX_EXPIRY_SECONDS = 253_402_300_799L;

    private static final String CACHED_ATTRIBUTE = "voyage-remembered";

    private final Duration lifetime;
    private final Clock clock;
    private final Cache<String, VerifiedToken> known;

    /** Identity of a verified token, without the request that it came with. */
    private record VerifiedToken(SecurityIdentity identity, Instant expiresAt) {}

    @Inject
    VerifiedTokenCache(@ConfigProperty(name = "voyage.access.remember-tokens", defaultValue = "1m") Duration lifetime) {
        this(lifetime, Clock.systemUTC());
    }

    VerifiedTokenCache(Duration lifetime, Clock clock) {
        this.lifetime = lifetime;
        this.clock = clock;
        this.known = Caffeine.newBuilder()
                // Maintenance in the calling thread is cheaper than waking up another one.
                .executor(Runnable::run)
                .maximumSize(MAX_TOKENS)
                .expireAfter(Expiry.<String, VerifiedToken>creating((token, its) -> lifetime))
                .build();
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    /** Returns a priority above the verifying provider, which has the default priority. */
    @Override
    public int priority() {
        return IdentityProvider.super.priority() + 1;
    }

    @Override
    @SuppressWarnings("NullAway") // A null item is how a provider says that another is to be asked.
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        VerifiedToken its =
                request.getToken() instanceof AccessTokenCredential token ? known.getIfPresent(token.getToken()) : null;
        return Uni.createFrom().item(its != null && clock.instant().isBefore(its.expiresAt) ? its.identity : null);
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        AccessTokenCredential token = identity.getCredential(AccessTokenCredential.class);
        if (token == null
                || identity.getAttribute(CACHED_ATTRIBUTE) != null
                || !(identity.getPrincipal() instanceof JsonWebToken claims)) {
            return Uni.createFrom().item(identity);
        }
        if (!namesCaller(identity) || !endsInReach(claims)) {
            return Uni.createFrom().failure(new AuthenticationFailedException("the token has unusable claims"));
        }
        if (!lifetime.isZero()) {
            known.put(token.getToken(), new VerifiedToken(detachFromRequest(identity, token), expiryOf(claims)));
        }
        return Uni.createFrom().item(identity);
    }

    /** Returns whether the token names its client: every limit, audit entry and event needs that name. */
    private static boolean namesCaller(SecurityIdentity identity) {
        return Caller.of(identity)
                .findClientId()
                .filter(CLIENT_ID_PATTERN.asMatchPredicate())
                .isPresent();
    }

    private static boolean endsInReach(JsonWebToken claims) {
        return claims.getClaim("exp") instanceof Number seconds
                && seconds.longValue() > 0
                && seconds.longValue() < MAX_EXPIRY_SECONDS;
    }

    private static Instant expiryOf(JsonWebToken claims) {
        return Instant.ofEpochSecond(claims.getExpirationTime());
    }

    private static SecurityIdentity detachFromRequest(SecurityIdentity identity, AccessTokenCredential token) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(identity.getPrincipal())
                .addRoles(identity.getRoles())
                .addCredential(token)
                .addAttribute(CACHED_ATTRIBUTE, true)
                .addAttribute(Caller.CLAIMS_ATTRIBUTE, new ConcurrentHashMap<>())
                .build();
    }
}
