package org.voyage.indicators.live;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.TreeSet;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Health check that is ready once the figures have reached the end that the log had at the start. */
@Readiness
@ApplicationScoped
class LiveHealth implements HealthCheck {

    private final LiveFiguresUpdater reader;
    private final LiveFigures figures;

    LiveHealth(LiveFiguresUpdater reader, LiveFigures figures) {
        this.reader = reader;
        this.figures = figures;
    }

    @Override
    public HealthCheckResponse call() {
        boolean ready = reader.hasCaughtUp();
        var response = HealthCheckResponse.named("live figures").status(ready);
        reader.lag().ifPresent(lag -> response.withData("lag", lag));
        if (ready) {
            // Before this point the figures may be busy for seconds.
            response.withData("stale keys", figures.staleKeys().size());
            if (!reader.newFigures().isEmpty()) {
                response.withData("new figures", String.join(" ", new TreeSet<>(reader.newFigures())));
            }
        }
        reader.failure().ifPresent(failure -> response.withData("failure", failure));
        return response.build();
    }
}
