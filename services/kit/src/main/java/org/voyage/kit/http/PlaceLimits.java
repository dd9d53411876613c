package org.voyage.kit.http;

/**
 * Limits of requests of one cost that are under way at once.
 *
 * @param perClient maximum number of one client
 * @param perProvince maximum number of all clients of one province
 * @param overall maximum number of all clients
 * @param queuePerClient maximum number of waiting requests of one client
 * @param readsOfBusyClient maximum number of working reads of one client while other clients have requests
 * @param furtherOverall maximum number of all clients, the first of each client not counted
 * @param reservedPerKind number of places that callers of each kind have for themselves
 */
record PlaceLimits(
        int perClient,
        int perProvince,
        int overall,
        int queuePerClient,
        int readsOfBusyClient,
        int furtherOverall,
        int reservedPerKind) {

    PlaceLimits(int perClient, int perProvince, int overall, int queuePerClient) {
        this(perClient, perProvince, overall, queuePerClient, perClient, overall, 0);
    }

    PlaceLimits withReadsOfBusyClient(int number) {
        return new PlaceLimits(
                perClient, perProvince, overall, queuePerClient, number, furtherOverall, reservedPerKind);
    }

    PlaceLimits withReserves(int further, int perKind) {
        return new PlaceLimits(perClient, perProvince, overall, queuePerClient, readsOfBusyClient, further, perKind);
    }
}
