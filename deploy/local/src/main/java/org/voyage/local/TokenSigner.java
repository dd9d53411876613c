package org.voyage.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Signer of the local issuer's tokens, which also verifies those that come back. */
final class TokenSigner {
    private final RSAKey key;
    private final String issuer;
    private final Clock clock;

    TokenSigner(RSAKey key, String issuer, Clock clock) {
        this.key = key;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Returns a signed token for an audience. */
    String signToken(String audience, Duration lifetime, Map<String, Object> identity) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)));
        identity.forEach(claims::claim);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims.build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("the local signing key does not sign", e);
        }
        return token.serialize();
    }

    /** Returns the claims of an own token for an audience; empty for every other text. */
    Optional<JWTClaimsSet> verifyToken(String text, String audience, boolean mayBeExpired) {
        try {
            SignedJWT token = SignedJWT.parse(text);
            JWTClaimsSet claims = token.getJWTClaimsSet();
            boolean holds = token.verify(new RSASSAVerifier(key.toRSAPublicKey()))
                    && claims.getAudience().contains(audience)
                    && (mayBeExpired || claims.getExpirationTime().toInstant().isAfter(clock.instant()));
            return holds ? Optional.of(claims) : Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    Map<String, Object> publicKeys() {
        return new JWKSet(key).toJSONObject(true);
    }
}
