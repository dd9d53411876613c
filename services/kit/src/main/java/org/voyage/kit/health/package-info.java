/**
 * Health of a service, independent of its requests: no thread pool, lock or limit of requests is used here.
 *
 * <ul>
 *   <li>{@link org.voyage.kit.health.ComponentHealth}: a component with a thread of its own reports that it works.
 *   <li>{@link org.voyage.kit.health.HealthReporter}: runs all health checks on its own thread.
 *   <li>{@link org.voyage.kit.health.DatabaseHealthCheck}: checks the database over a connection of its own.
 *   <li>{@link org.voyage.kit.health.StatusProbe}: computes a status on its own thread, for health and metrics.
 * </ul>
 */
@NullMarked
package org.voyage.kit.health;

import org.jspecify.annotations.NullMarked;
