package org.voyage.dashboard;

import io.vertx.core.json.JsonObject;

/** Answer of the issuer to a refresh. */
sealed interface RefreshAnswer {
    /** The issuer gave new tokens. */
    record NewTokens(JsonObject tokens) implements RefreshAnswer {}

    /** The issuer refused the refresh token: it was used before, or its session has ended. */
    record Refused() implements RefreshAnswer {}

    /** The issuer was not reached, or it has a fault of its own; nothing is known about the session. */
    record NotReached() implements RefreshAnswer {}
}
