package org.voyage.kit.health;

import io.smallrye.health.AsyncHealthCheckFactory;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/**
 * Factory of health checks that run on the thread of {@link HealthReporter}. The one of Quarkus runs them on worker threads:
 * while slow uploads hold all of these, the service would look dead.
 */
@Singleton
@Alternative
@Priority(1)
class CallerThreadCheckFactory extends AsyncHealthCheckFactory {}
