package org.voyage.dashboard;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Claims of a token that came from the issuer itself. They are not verified again.
 *
 * @param json without members for a token that is no JWT
 */
record TokenClaims(JsonObject json) {

    static TokenClaims of(String token) {
        String[] parts = token.split("\\.");
        try {
            return new TokenClaims(
                    parts.length == 3
                            ? new JsonObject(
                                    new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                            : new JsonObject());
        } catch (RuntimeException e) {
            return new TokenClaims(new JsonObject());
        }
    }

    /** Returns a claim as text; empty without it. */
    Optional<String> text(String claim) {
        return Optional.ofNullable(json.getValue(claim)).map(Object::toString);
    }

    /** Returns the texts of a claim that is a list, sorted. */
    List<String> texts(String claim) {
        return json.getValue(claim) instanceof JsonArray values
                ? values.stream().map(Object::toString).sorted().toList()
                : List.of();
    }

    /** Returns the end of the token's life; empty if it does not say. */
    Optional<Instant> expiry() {
        return instant("exp");
    }

    /** Returns whether the token's life is over; false if it does not say. */
    boolean isExpired(Instant now) {
        return expiry().map(end -> !end.isAfter(now)).orElse(false);
    }

    /** Returns whether a quarter of the token's life is left, or a minute if that is less. */
    boolean isNearExpiry(Instant now) {
        return expiry().map(end -> {
                    long life =
                            end.getEpochSecond() - instant("iat").orElse(now).getEpochSecond();
                    return end.minusSeconds(Math.clamp(life / 4, 1, 60)).isBefore(now);
                })
                .orElse(false);
    }

    private Optional<Instant> instant(String claim) {
        @Nullable Object seconds = json.getValue(claim);
        return seconds instanceof Number number
                ? Optional.of(Instant.ofEpochSecond(number.longValue()))
                : Optional.empty();
    }
}
