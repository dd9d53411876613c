package org.voyage.kit.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * Health check that is down while a component of {@link ComponentHealth} does not work. It counts for liveness, too,
 * because only a restart brings back a thread that has ended.
 */
@Readiness
@Liveness
@ApplicationScoped
class ComponentHealthCheck implements HealthCheck {

    private final ComponentHealth components;

    ComponentHealthCheck(ComponentHealth components) {
        this.components = components;
    }

    @Override
    public HealthCheckResponse call() {
        var faults = components.findFaults();
        var response = HealthCheckResponse.named("components")
                .status(faults.isEmpty())
                .withData("watched", components.countComponents());
        faults.forEach(response::withData);
        return response.build();
    }
}
