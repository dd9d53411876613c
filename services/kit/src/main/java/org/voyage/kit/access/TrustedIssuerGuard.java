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
 * Keeps a service in production (profile {@code prod}) from trusting an issuer that anybody can get tokens from: one
 * without TLS, or the one of {@code ./voyage up}, whose discovery document says {@code "software_id": "voyage-local"}. An issuer
 * that cannot be asked is not trusted either.
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
