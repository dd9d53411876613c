package org.voyage.indicators.feature.completeness;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Health check of the consumer of submission events; down when its thread has ended, which a restart repairs. */
@Readiness
@ApplicationScoped
class SubmissionHealth implements HealthCheck {

    private final SubmissionConsumer consumer;

    SubmissionHealth(SubmissionConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("submissions").status(!consumer.hasEnded());
        consumer.failure().ifPresent(failure -> response.withData("failure", failure));
        return response.build();
    }
}
