package org.voyage.dashboard;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.RefreshToken;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Session of a person who has signed in.
 *
 * @param id id of the session at the issuer
 * @param claims the verified claims of the ID token that the page may know
 * @param refreshToken empty text if the issuer gave none
 */
record PersonSession(String id, JsonObject claims, String accessToken, String refreshToken) {

    /** Returns the session of an identity; empty without a sign-in. */
    static Optional<PersonSession> of(@Nullable SecurityIdentity identity) {
        if (identity == null || identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            return Optional.empty();
        }
        AccessTokenCredential access = identity.getCredential(AccessTokenCredential.class);
        if (access == null) {
            return Optional.empty();
        }
        RefreshToken refresh = access.getRefreshToken();
        String id = text(token, "sid").orElseGet(token::getSubject);
        return Optional.of(new PersonSession(
                id, publicClaims(token), access.getToken(), refresh == null ? "" : refresh.getToken()));
    }

    boolean isOperator() {
        return claims.getJsonArray("roles").contains("operator");
    }

    private static JsonObject publicClaims(JsonWebToken token) {
        List<String> roles = roles(token);
        return new JsonObject()
                .put("subject", token.getSubject())
                .put(
                        "name",
                        text(token, "name")
                                .or(() -> text(token, "preferred_username"))
                                .orElseGet(token::getSubject))
                .put("role", roles.isEmpty() ? null : roles.getFirst())
                .put("roles", new JsonArray(roles))
                .put("province", text(token, "province").orElse(null))
                .put("alliance", text(token, "alliance").orElse(null));
    }

    private static List<String> roles(JsonWebToken token) {
        return token.getClaim("roles") instanceof Collection<?> roles
                ? roles.stream().map(PersonSession::unquote).sorted().toList()
                : List.of();
    }

    private static Optional<String> text(JsonWebToken token, String claim) {
        return Optional.ofNullable(token.<Object>getClaim(claim)).map(PersonSession::unquote);
    }

    /** Returns the text of a claim, which may be a JSON value. */
    private static String unquote(Object value) {
        return value instanceof jakarta.json.JsonString json ? json.getString() : value.toString();
    }
}
