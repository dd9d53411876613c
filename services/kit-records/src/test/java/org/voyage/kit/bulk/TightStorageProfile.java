package org.voyage.kit.bulk;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Profile with a short retention of the outbox, and a floor of free space above the size of any disk. */
public class TightStorageProfile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "voyage.outbox.retention", "2d",
                "voyage.outbox.relay", "false",
                "voyage.bulk.disk-floor", "1000P");
    }
}
