package org.voyage.demo;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Loader that admits the alliances as operators would, with their members as files. A second load changes nothing. */
final class AllianceLoader {

    private static final String OPERATOR = "operator";

    private final ApiClient api;

    AllianceLoader(ApiClient api) {
        this.api = api;
    }

    /** Loads alliances, members and grants. Returns the receipts of the members, which figures count. */
    Set<String> loadAlliances(List<DemoAlliance> alliances) {
        URI feeds = api.endpoints().feeds();
        Set<String> receipts = new HashSet<>();
        for (DemoAlliance alliance : alliances) {
            String path = "/v1/alliances/" + alliance.code();
            api.put(OPERATOR, feeds, path, alliance.fields()).requireOk();
            api.post(OPERATOR, feeds, path + "/members", alliance.memberFile())
                    .requireOk()
                    .receipt()
                    .ifPresent(receipts::add);
            alliance.grants()
                    .forEach((id, grant) -> api.put(OPERATOR, feeds, path + "/grants/" + id, grant)
                            .requireOk());
        }
        return receipts;
    }
}
