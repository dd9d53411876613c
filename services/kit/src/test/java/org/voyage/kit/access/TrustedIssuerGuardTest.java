package org.voyage.kit.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.oidc.OidcConfigurationMetadata;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class TrustedIssuerGuardTest {
    private static final OidcConfigurationMetadata TRUSTED_METADATA =
            new OidcConfigurationMetadata(new JsonObject().put("issuer", "https://id.example"));
    private static final OidcConfigurationMetadata LOCAL_METADATA = new OidcConfigurationMetadata(
            new JsonObject().put("issuer", "https://id.example").put("software_id", "voyage-local"));

    @Test
    void an_honest_issuer_is_trusted() {
        assertThatCode(() -> TrustedIssuerGuard.requireTrustworthy("https://id.example", TRUSTED_METADATA))
                .doesNotThrowAnyException();
    }

    @Test
    void an_issuer_without_tls_the_local_one_and_one_that_is_silent_are_not() {
        assertThatThrownBy(() -> TrustedIssuerGuard.requireTrustworthy("http://id.example", TRUSTED_METADATA))
                .hasMessageContaining("https");
        assertThatThrownBy(() -> TrustedIssuerGuard.requireTrustworthy("https://id.example", LOCAL_METADATA))
                .hasMessageContaining("local");
        assertThatThrownBy(() -> TrustedIssuerGuard.requireTrustworthy("https://id.example", null))
                .hasMessageContaining("asked");
    }
}
