package org.voyage.kit.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.http.PlaceClaim.ClaimState;

/**
 * Places of requests of one cost, shared fairly. Each client and each province has at most its share under way;
 * further requests of the client wait in a line of its own. A place that becomes free goes to the waiting client with
 * the fewest requests under way, and of several to the one that has waited longest since its last turn.
 *
 * <p>Nothing here waits: a claim that must wait gets its decision later.
 */
final class CostPlaces {

    private final PlaceLimits limits;
    private final Map<String, ClientShare> shares = new LinkedHashMap<>();
    private final Map<String, Integer> runningByProvince = new HashMap<>();
    private int running;
    private int waiting;

    /**
     * Limits of requests that are under way at once.
     *
     * @param queuePerClient maximum number of waiting requests of one client
     */
    record PlaceLimits(int perClient, int perProvince, int overall, int queuePerClient) {}

    /** Requests of one client. */
    private static final class ClientShare {
        private final ArrayDeque<PlaceClaim> line = new ArrayDeque<>();
        private int underWay;
    }

    CostPlaces(PlaceLimits limits) {
        this.limits = limits;
    }

    PlaceLimits limits() {
        return limits;
    }

    /** Starts the claim, lets it wait or refuses it; the state of the claim says which. */
    synchronized ClaimState requestPlace(PlaceClaim claim) {
        var share = shares.computeIfAbsent(claim.client(), _ -> new ClientShare());
        if (share.line.isEmpty() && hasPlace(claim, share)) {
            start(claim, share);
        } else if (share.line.size() < limits.queuePerClient()) {
            share.line.add(claim);
            waiting++;
            claim.enter(ClaimState.WAITING);
            claim.decision();
        } else {
            claim.enter(ClaimState.REFUSED);
            forgetIfEmpty(claim.client(), share);
        }
        return claim.state();
    }

    /** Ends a claim in any state; claims that wait for its place start. May be called twice. */
    void release(PlaceClaim claim) {
        List<PlaceClaim> started;
        ClaimState before;
        synchronized (this) {
            @Nullable ClientShare share = shares.get(claim.client());
            before = claim.state();
            claim.enter(ClaimState.ENDED);
            if (share == null || before != ClaimState.RUNNING && before != ClaimState.WAITING) {
                return;
            }
            if (before == ClaimState.RUNNING) {
                share.underWay--;
                running--;
                if (claim.province() != null) {
                    runningByProvince.computeIfPresent(
                            claim.province(), (_, number) -> number == 1 ? null : number - 1);
                }
            } else {
                share.line.remove(claim);
                waiting--;
            }
            forgetIfEmpty(claim.client(), share);
            started = startWaiting();
        }
        if (before == ClaimState.WAITING) {
            claim.decision().complete(false);
        }
        started.forEach(next -> next.decision().complete(true));
    }

    /** Refuses a claim that still waits. */
    void refuseWaiting(PlaceClaim claim) {
        synchronized (this) {
            @Nullable ClientShare share = shares.get(claim.client());
            if (claim.state() != ClaimState.WAITING || share == null) {
                return;
            }
            share.line.remove(claim);
            waiting--;
            claim.enter(ClaimState.REFUSED);
            forgetIfEmpty(claim.client(), share);
        }
        claim.decision().complete(false);
    }

    /** Returns whether the client or its province uses its whole share; otherwise all clients together use all. */
    synchronized boolean isShareUsed(PlaceClaim claim) {
        @Nullable ClientShare share = shares.get(claim.client());
        return share != null && (share.underWay >= limits.perClient() || !hasProvincePlace(claim));
    }

    /** Returns the number of places that the client has left. */
    synchronized int countFree(String client) {
        @Nullable ClientShare share = shares.get(client);
        return limits.perClient() - (share == null ? 0 : share.underWay);
    }

    synchronized int countRunning() {
        return running;
    }

    synchronized int countWaiting() {
        return waiting;
    }

    private boolean hasPlace(PlaceClaim claim, ClientShare share) {
        return running < limits.overall() && share.underWay < limits.perClient() && hasProvincePlace(claim);
    }

    private boolean hasProvincePlace(PlaceClaim claim) {
        return claim.province() == null || runningByProvince.getOrDefault(claim.province(), 0) < limits.perProvince();
    }

    private void start(PlaceClaim claim, ClientShare share) {
        claim.enter(ClaimState.RUNNING);
        share.underWay++;
        running++;
        if (claim.province() != null) {
            runningByProvince.merge(claim.province(), 1, Integer::sum);
        }
    }

    private List<PlaceClaim> startWaiting() {
        if (waiting == 0) {
            return List.of();
        }
        var started = new ArrayList<PlaceClaim>();
        for (var client = nextClient(); client != null; client = nextClient()) {
            // At the end of the map: after all others that have as few requests under way.
            @Nullable ClientShare share = shares.remove(client);
            if (share == null) {
                break;
            }
            shares.put(client, share);
            var claim = share.line.remove();
            waiting--;
            start(claim, share);
            started.add(claim);
        }
        return started;
    }

    private @Nullable String nextClient() {
        @Nullable String next = null;
        int fewest = Integer.MAX_VALUE;
        for (var entry : shares.entrySet()) {
            var share = entry.getValue();
            if (share.underWay < fewest && !share.line.isEmpty() && hasPlace(share.line.element(), share)) {
                next = entry.getKey();
                fewest = share.underWay;
            }
        }
        return next;
    }

    private void forgetIfEmpty(String client, ClientShare share) {
        if (share.underWay == 0 && share.line.isEmpty()) {
            shares.remove(client);
        }
    }
}
