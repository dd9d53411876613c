package org.voyage.local;

import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens of people: codes, and what a code or a refresh token is exchanged for. A session begins with a code, lives on by
 * its refresh tokens, across restarts of the issuer, and ends for all of them at once.
 */
final class PersonTokens {
    static final Duration ACCESS_LIFETIME = Duration.ofMinutes(10);
    private static final Duration CODE_LIFETIME = Duration.ofMinutes(1);
    private static final Duration SESSION_LIFETIME = Duration.ofHours(12);
    private static final String REFRESH_AUDIENCE = "voyage-local-refresh";
    private static final String SESSION_CLAIM = "sid";

    private final TokenSigner signer;
    private final EndedSessions ended;
    private final Clock clock;
    private final Map<String, IssuedCode> codes = new ConcurrentHashMap<>();

    private record IssuedCode(AuthorizationRequest request, IssuerPerson person, Instant expiry) {}

    PersonTokens(TokenSigner signer, EndedSessions ended, Clock clock) {
        this.signer = signer;
        this.ended = ended;
        this.clock = clock;
    }

    /** Returns a code that works once, within a minute. */
    String issueCode(AuthorizationRequest request, IssuerPerson person) {
        codes.values().removeIf(code -> code.expiry().isBefore(clock.instant()));
        String code = UUID.randomUUID().toString();
        codes.put(code, new IssuedCode(request, person, clock.instant().plus(CODE_LIFETIME)));
        return code;
    }

    /** Returns the tokens for a code; empty if the code or its verifier does not hold. */
    Optional<Map<String, Object>> exchangeCode(String code, String verifier, String redirectUri) {
        IssuedCode issued = codes.remove(code);
        if (issued == null
                || issued.expiry().isBefore(clock.instant())
                || !issued.request().redirectUri().equals(redirectUri)
                || !issued.request().codeChallenge().equals(challengeOf(verifier))) {
            return Optional.empty();
        }
        return Optional.of(issueTokens(
                issued.person(), UUID.randomUUID().toString(), issued.request().nonce()));
    }

    /** Returns new tokens of the session of a refresh token; empty if the token does not hold or the session has ended. */
    Optional<Map<String, Object>> refreshTokens(String refreshToken) {
        return signer.verifyToken(refreshToken, REFRESH_AUDIENCE, false)
                .filter(claims -> !ended.hasEnded(sessionOf(claims)))
                .flatMap(claims -> IssuerPerson.find(claims.getSubject())
                        .map(person -> issueTokens(person, sessionOf(claims), Optional.empty())));
    }

    /** Returns the claims of the person whose access token it is; empty also for a session that has ended. */
    Optional<Map<String, Object>> findPerson(String accessToken) {
        return signer.verifyToken(accessToken, TokenIssuer.AUDIENCE, false)
                .filter(claims -> !ended.hasEnded(sessionOf(claims)))
                .flatMap(claims -> IssuerPerson.find(claims.getSubject()))
                .map(IssuerPerson::claims);
    }

    /** Ends the session of a refresh token or an ID token, also of an expired one; ignores every other text. */
    void endSession(String token) {
        signer.verifyToken(token, REFRESH_AUDIENCE, true)
                .or(() -> signer.verifyToken(token, AuthorizationRequest.CLIENT_ID, true))
                .map(PersonTokens::sessionOf)
                .ifPresent(ended::endSession);
    }

    private Map<String, Object> issueTokens(IssuerPerson person, String session, Optional<String> nonce) {
        Map<String, Object> identity = new LinkedHashMap<>(person.claims());
        identity.put(SESSION_CLAIM, session);
        Map<String, Object> known = new LinkedHashMap<>(identity);
        nonce.ifPresent(value -> known.put("nonce", value));
        return Map.of(
                "access_token",
                signer.signToken(TokenIssuer.AUDIENCE, ACCESS_LIFETIME, identity),
                "id_token",
                signer.signToken(AuthorizationRequest.CLIENT_ID, ACCESS_LIFETIME, known),
                "refresh_token",
                signer.signToken(
                        REFRESH_AUDIENCE, SESSION_LIFETIME, Map.of("sub", person.id(), SESSION_CLAIM, session)),
                "token_type",
                "Bearer",
                "expires_in",
                ACCESS_LIFETIME.toSeconds());
    }

    private static String sessionOf(JWTClaimsSet claims) {
        return String.valueOf(claims.getClaim(SESSION_CLAIM));
    }

    private static String challengeOf(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
