package org.voyage.kit.access;

import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Start-up check of the token issuer in production (profile {@code prod}). The service does not trust an issuer that
 * gives tokens to any client: one without TLS, or the one of {@code ./voyage up}, whose discovery document says {@code
 * "software_id": "voyage-local"}. It does not trust an unreachable issuer either.
 */
@ApplicationScoped
public class TrustedIssuerGuard {
    private final Optional<String> issuer;
    private final TenantConfigBean tenants;

    TrustedIssuerGuard(
            @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> issuer, TenantConfigBean tenants) {
        this.issuer = issuer;
        this.tenants = tenants;
    }

    void check(@Observes StartupEvent start) {
        if (ConfigUtils.isProfileActive("prod")) {
            requireTrustworthy(issuer.orElse(""), tenants.getDefaultTenant().getOidcMetadata());
        }
    }

    static void requireTrustworthy(String issuer, @Nullable OidcConfigurationMetadata discovery) {
        if (!issuer.startsWith("https://")) {
            throw new IllegalStateException(
                    "quarkus.oidc.auth-server-url must be https in production; set QUARKUS_PROFILE=local for a laptop.");
        }
        if (discovery == null) {
            throw new IllegalStateException("The token issuer cannot be asked what it is: " + issuer);
        }
        if ("voyage-local".equals(discovery.get("software_id"))) {
            throw new IllegalStateException("The local token issuer is not for production: " + issuer);
        }
    }
}
