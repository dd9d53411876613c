package org.voyage.feeds.assigner;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Health of the assigner. Lag and missing backends do not make the service unready: readers get what is numbered. */
@Readiness
@Liveness
@ApplicationScoped
class AssignerHealth implements HealthCheck {

    private final FeedAssigner assigner;
    private final AssignerMetrics metrics;

    AssignerHealth(FeedAssigner assigner, AssignerMetrics metrics) {
        this.assigner = assigner;
        this.metrics = metrics;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("feed assigner")
                .status(assigner.findFault().isEmpty())
                .withData("stoppedFeeds", metrics.countStopped());
        assigner.findFault().ifPresent(fault -> response.withData("fault", fault));
        assigner.findFailure().ifPresent(failure -> response.withData("failure", failure));
        return response.build();
    }
}
