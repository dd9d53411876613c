package org.voyage.kit.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.voyage.kit.reference.InstantFormat;

/**
 * Reports the epoch of the log, after a restore its time and whether it is repaired, and topics that may lose acknowledged
 * events. It reads memory only.
 */
@Readiness
@ApplicationScoped
class LogEpochHealth implements HealthCheck {

    private final RestoreRepairer repairer;
    private final OutboxTopics topics;

    LogEpochHealth(RestoreRepairer repairer, OutboxTopics topics) {
        this.repairer = repairer;
        this.topics = topics;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("log epoch").up();
        repairer.currentEpoch().ifPresent(epoch -> {
            response.withData("epoch", epoch.number());
            if (epoch.number() > 0) {
                response.withData("restored", InstantFormat.formatInstant(epoch.beganAt()))
                        .withData("reason", epoch.reason())
                        .withData("repaired", epoch.isRepaired());
            }
        });
        if (!topics.weakTopics().isEmpty()) {
            response.withData("weakTopics", String.join(", ", topics.weakTopics()));
        }
        return response.build();
    }
}
