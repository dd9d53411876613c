package org.voyage.kit.http;

import org.jspecify.annotations.Nullable;

/**
 * Caller of a request, as far as limits concern it.
 *
 * @param client the subject of the token, or the network of the address
 * @param province of a bureau; null for every other caller
 * @param kind code of the role; null without a token
 */
record CostCaller(
        String client, @Nullable String province, @Nullable String kind) {
    /** No subject of a token has a blank. */
    private static final String ADDRESS_PREFIX = "address ";

    static CostCaller ofAddress(String network) {
        return new CostCaller(ADDRESS_PREFIX + network, null, null);
    }

    boolean isAnonymous() {
        return client.startsWith(ADDRESS_PREFIX);
    }
}
