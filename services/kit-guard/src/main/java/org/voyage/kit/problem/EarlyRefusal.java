package org.voyage.kit.problem;

import io.vertx.ext.web.RoutingContext;

/**
 * CDI event of a request that was refused before a resource was found. It is observed in a thread that may block; an
 * exception of an observer replaces the answer.
 */
public record EarlyRefusal(RoutingContext request, Refusal refusal) {}
