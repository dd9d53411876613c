package org.voyage.indicators.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Health check that reports the progress of the evidence. Figures are answered from memory, so it never makes the
 * service unready.
 */
@Readiness
@ApplicationScoped
class EvidenceHealth implements HealthCheck {

    private final EvidenceIngester ingester;

    EvidenceHealth(EvidenceIngester ingester) {
        this.ingester = ingester;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("evidence").up();
        ingester.failure().ifPresent(failure -> response.withData("failure", failure));
        return response.build();
    }
}
