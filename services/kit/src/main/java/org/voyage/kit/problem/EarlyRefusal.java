package org.voyage.kit.problem;

import io.vertx.ext.web.RoutingContext;

/**
 * A request was refused before any resource was looked for. It is a CDI event, observed in the thread that may block; an
 * observer that throws is what the caller is answered instead.
 */
public record EarlyRefusal(RoutingContext request, Refusal refusal) {}
