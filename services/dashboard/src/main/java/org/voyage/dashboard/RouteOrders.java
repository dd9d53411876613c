package org.voyage.dashboard;

import io.quarkus.vertx.http.runtime.RouteConstants;

/** Orders of the dashboard's routes: its own before the static files, the page for unknown paths after them. */
final class RouteOrders {
    static final int OWN = RouteConstants.ROUTE_ORDER_BEFORE_DEFAULT;
    static final int LAST = RouteConstants.ROUTE_ORDER_AFTER_DEFAULT + 1;
    static final int NOTHING = LAST + 1;

    private RouteOrders() {}
}
