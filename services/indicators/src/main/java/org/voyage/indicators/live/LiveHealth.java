package org.voyage.indicators.live;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.TreeSet;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Health check that is ready once the figures have reached the end that the log had at the start. It is down when the
 * updater has ended or the figures are damaged, which a restart repairs.
 */
@Readiness
@ApplicationScoped
class LiveHealth implements HealthCheck {

    private final LiveFiguresUpdater updater;
    private final LiveFigures figures;

    LiveHealth(LiveFiguresUpdater updater, LiveFigures figures) {
        this.updater = updater;
        this.figures = figures;
    }

    @Override
    public HealthCheckResponse call() {
        boolean ready = updater.hasCaughtUp();
        var response = HealthCheckResponse.named("live figures").status(ready && updater.isWorking());
        updater.lag().ifPresent(lag -> response.withData("lag", lag));
        if (ready) {
            response.withData("stale keys", figures.countStaleKeys());
            if (!updater.newFigures().isEmpty()) {
                response.withData("new figures", String.join(" ", new TreeSet<>(updater.newFigures())));
            }
        }
        updater.failure().ifPresent(failure -> response.withData("failure", failure));
        return response.build();
    }
}
