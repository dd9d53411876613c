package org.voyage.dashboard;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.oidc.RefreshToken;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Session of a person who has signed in. It begins with a sign-in, and each refresh gives it new tokens.
 *
 * @param id random id of this session; a second sign-in of the same person has another one
 * @param generation number of refreshes; of two sets of tokens the higher number is the newer one
 * @param refreshToken empty text if the issuer gave none
 */
record PersonSession(String id, int generation, String idToken, String accessToken, String refreshToken) {
    private static final int PERSON_BYTES = 12;
    /** Roles of Voyage; an issuer may name further ones of its own. */
    private static final Set<String> ROLES = Set.of("operator", "auditor", "privacy-officer", "bureau", "alliance");

    /** Returns a new session of a person whose tokens Quarkus has verified; empty without a sign-in. */
    static Optional<PersonSession> begin(SecurityIdentity identity) {
        IdTokenCredential person = identity.getCredential(IdTokenCredential.class);
        AccessTokenCredential access = identity.getCredential(AccessTokenCredential.class);
        if (identity.isAnonymous() || person == null || access == null) {
            return Optional.empty();
        }
        RefreshToken refresh = access.getRefreshToken();
        return Optional.of(new PersonSession(
                UUID.randomUUID().toString(),
                0,
                person.getToken(),
                access.getToken(),
                refresh == null || refresh.getToken() == null ? "" : refresh.getToken()));
    }

    /** Returns the session as a cookie holds it. */
    static PersonSession parse(String text) {
        JsonArray parts = new JsonArray(text);
        return new PersonSession(
                parts.getString(0), parts.getInteger(1), parts.getString(2), parts.getString(3), parts.getString(4));
    }

    String toText() {
        return new JsonArray(List.of(id, generation, idToken, accessToken, refreshToken)).encode();
    }

    /**
     * Returns the session with the tokens of a refresh; a token that the issuer left out stays. Empty for tokens of
     * another person.
     */
    Optional<PersonSession> withTokens(JsonObject tokens) {
        String renewedId = tokens.getString("id_token", idToken);
        PersonSession renewed = new PersonSession(
                id,
                generation + 1,
                renewedId,
                tokens.getString("access_token", accessToken),
                tokens.getString("refresh_token", refreshToken));
        return renewed.subject().equals(subject()) ? Optional.of(renewed) : Optional.empty();
    }

    /** Returns whether the access token is of no use any more. */
    boolean isExpired(Instant now) {
        return TokenClaims.of(accessToken).isExpired(now);
    }

    boolean isNearExpiry(Instant now) {
        return TokenClaims.of(accessToken).isNearExpiry(now);
    }

    /** Returns whether no refresh can give new tokens, because there is no refresh token or its life is over. */
    boolean isBeyondRefresh(Instant now) {
        return refreshToken.isEmpty() || TokenClaims.of(refreshToken).isExpired(now);
    }

    /** Returns the end of the refresh token's life; empty if it does not say. */
    Optional<Instant> refreshExpiry() {
        return TokenClaims.of(refreshToken).expiry();
    }

    boolean isOperator() {
        return TokenClaims.of(idToken).texts("roles").contains("operator");
    }

    private String subject() {
        return TokenClaims.of(idToken).text("sub").orElse("");
    }

    /** Returns an opaque name of the person, by which a page notices that another person has signed in. */
    String person() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(subject().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, PERSON_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }

    /** Returns the claims that the page may know. */
    JsonObject publicClaims() {
        TokenClaims claims = TokenClaims.of(idToken);
        List<String> roles =
                claims.texts("roles").stream().filter(ROLES::contains).toList();
        return new JsonObject()
                .put("subject", subject())
                .put(
                        "name",
                        claims.text("name")
                                .or(() -> claims.text("preferred_username"))
                                .orElseGet(this::subject))
                .put("person", person())
                .put("role", roles.isEmpty() ? null : roles.getFirst())
                .put("roles", new JsonArray(roles))
                .put("province", claims.text("province").orElse(null))
                .put("alliance", claims.text("alliance").orElse(null));
    }
}
