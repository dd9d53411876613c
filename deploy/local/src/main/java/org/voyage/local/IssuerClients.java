package org.voyage.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Clients of the local issuer: {@code bureau-<province>}, {@code operator}, {@code auditor}, {@code privacy-officer}
 * and {@code alliance-<CODE>}. The secret of each is {@code local-} and its id.
 */
public final class IssuerClients {
    private static final Set<String> PROVINCES = Set.of(
            "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
            "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "66");
    /** Clients without a number or code, named like their role. */
    static final Set<String> SINGLE_CLIENTS = Set.of("operator", "auditor", "privacy-officer");

    private static final Pattern ALLIANCE_CLIENT = Pattern.compile("alliance-([A-Z0-9]{2,20})");

    private IssuerClients() {}

    public static String secretOf(String clientId) {
        return "local-" + clientId;
    }

    /** Returns the claims of a client, or nothing for an unknown client. */
    static Optional<Map<String, Object>> claimsOf(String clientId) {
        if (SINGLE_CLIENTS.contains(clientId)) {
            return Optional.of(claimsOf(clientId, clientId, Map.of()));
        }
        if (clientId.startsWith("bureau-") && PROVINCES.contains(clientId.substring("bureau-".length()))) {
            return Optional.of(
                    claimsOf(clientId, "bureau", Map.of("province", clientId.substring("bureau-".length()))));
        }
        var alliance = ALLIANCE_CLIENT.matcher(clientId);
        if (alliance.matches()) {
            return Optional.of(claimsOf(clientId, "alliance", Map.of("alliance", alliance.group(1))));
        }
        return Optional.empty();
    }

    private static Map<String, Object> claimsOf(String clientId, String role, Map<String, Object> more) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", clientId);
        claims.put("roles", new String[] {role});
        claims.putAll(more);
        return claims;
    }
}
