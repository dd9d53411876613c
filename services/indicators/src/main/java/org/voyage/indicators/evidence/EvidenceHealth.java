package org.voyage.indicators.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Health check that reports the progress of the evidence. Figures are answered from memory, so a database that is away
 * never makes the service unready. The end of a thread does: only a restart brings it back.
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
        var response = HealthCheckResponse.named("evidence").status(!ingester.hasEnded());
        ingester.failure().ifPresent(failure -> response.withData("failure", failure));
        return response.build();
    }
}
