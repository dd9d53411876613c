package org.voyage.kit.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.voyage.kit.reference.InstantFormat;

/** Reports the epoch of the log, and after a restore its time and whether it is repaired. It reads memory only. */
@Readiness
@ApplicationScoped
class LogEpochHealth implements HealthCheck {

    private final RestoreRepairer repairer;

    LogEpochHealth(RestoreRepairer repairer) {
        this.repairer = repairer;
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
        return response.build();
    }
}
