package org.voyage.kit.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.oidc.OidcConfigurationMetadata;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class ProductionGuardTest {
    private static final OidcConfigurationMetadata HONEST =
            new OidcConfigurationMetadata(new JsonObject().put("issuer", "https://id.example"));
    private static final OidcConfigurationMetadata LOCAL = new OidcConfigurationMetadata(
            new JsonObject().put("issuer", "https://id.example").put("software_id", "voyage-local"));

    @Test
    void an_honest_issuer_is_trusted() {
        assertThatCode(() -> ProductionGuard.requireTrustworthy("https://id.example", HONEST))
                .doesNotThrowAnyException();
    }

    @Test
    void an_issuer_without_tls_the_local_one_and_one_that_is_silent_are_not() {
        assertThatThrownBy(() -> ProductionGuard.requireTrustworthy("http://id.example", HONEST))
                .hasMessageContaining("https");
        assertThatThrownBy(() -> ProductionGuard.requireTrustworthy("https://id.example", LOCAL))
                .hasMessageContaining("local");
        assertThatThrownBy(() -> ProductionGuard.requireTrustworthy("https://id.example", null))
                .hasMessageContaining("asked");
    }
}
