package org.voyage.kit.access;

import java.util.Optional;

/**
 * Rows that a connection shows, as row-level security reads them from its settings. The migrations that create the
 * policies describe the values.
 *
 * @param provinces setting {@code voyage.scope}: codes of provinces, {@code all}, or empty for no province
 * @param alliance setting {@code voyage.alliance}: code of an alliance, or empty for none
 */
record ConnectionScope(String provinces, String alliance) {

    /** No rows. */
    static final ConnectionScope NOTHING = new ConnectionScope("", "");

    private static final String ALL_PROVINCES = "all";

    /** Returns the rows of these provinces, and for the whole country those of all alliances too. */
    static ConnectionScope ofProvinces(Scope scope) {
        return new ConnectionScope(scope.province().map(Province::code).orElse(ALL_PROVINCES), "");
    }

    /** Returns the rows of one alliance. */
    static ConnectionScope ofAlliance(String alliance) {
        return new ConnectionScope("", alliance);
    }

    /** Returns the rows of the provinces and of the alliance of a caller; empty for none. */
    static ConnectionScope ofCaller(Optional<Scope> provinces, Optional<String> alliance) {
        return new ConnectionScope(
                provinces.map(ConnectionScope::ofProvinces).orElse(NOTHING).provinces(), alliance.orElse(""));
    }
}
