package org.voyage.kit.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Role;
import org.voyage.kit.http.PlaceClaim.ClaimState;
import org.voyage.kit.http.PlaceShortage.ShortageScope;

/**
 * Places of requests of one cost, shared fairly. Each client and each province has at most its share under way;
 * further requests of the client wait in a line of its own. A place that becomes free goes to the waiting client with
 * the fewest requests under way, and of several to the one that has waited longest since its last turn. Reads of one
 * client that work at the same time are fewer while other clients have requests.
 *
 * <p>Nothing here waits: a claim that must wait gets its decision later.
 */
final class FairRequestSlots {

    /** Kinds of callers that have places of their own. */
    private static final List<String> RESERVED_KINDS =
            List.of(Role.BUREAU.code(), Role.OPERATOR.code(), Role.ALLIANCE.code());
    /** Time after its last request for which a client counts as active. */
    private static final long ACTIVE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final PlaceLimits limits;
    private final LongSupplier clock;
    private final Map<String, ClientShare> shares = new LinkedHashMap<>();
    private final Map<String, Integer> runningByProvince = new HashMap<>();
    private final Map<String, Integer> runningByKind = new HashMap<>();
    private int running;
    private int waiting;
    private int runningClients;

    private String latestClient = "";
    private long latestAt;
    /** When a client other than the latest one has sent a request. */
    private long otherAt;

    /** Requests of one client. */
    private static final class ClientShare {
        private final ArrayDeque<PlaceClaim> line = new ArrayDeque<>();
        private int underWay;
        private int workingReads;
    }

    /** @param clock nanoseconds since some time */
    FairRequestSlots(PlaceLimits limits, LongSupplier clock) {
        this.limits = limits;
        this.clock = clock;
        this.latestAt = clock.getAsLong() - 2 * ACTIVE_NANOS;
        this.otherAt = latestAt;
    }

    /** Starts the claim, lets it wait or refuses it; the state of the claim says which. */
    synchronized ClaimState requestPlace(PlaceClaim claim) {
        noteActivity(claim.client());
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
            if (share == null
                    || before == ClaimState.REFUSED
                    || before == ClaimState.ENDED
                    || before == ClaimState.NEW) {
                return;
            }
            if (before == ClaimState.RUNNING || before == ClaimState.PAUSED) {
                end(claim, share, before);
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

    /**
     * Pauses the work of a running read, which waits for something: another read of its client may work meanwhile.
     *
     * @return whether it was working
     */
    boolean pauseWork(PlaceClaim claim) {
        List<PlaceClaim> started;
        synchronized (this) {
            @Nullable ClientShare share = shares.get(claim.client());
            if (share == null || !claim.isRead() || claim.state() != ClaimState.RUNNING) {
                return false;
            }
            claim.enter(ClaimState.PAUSED);
            share.workingReads--;
            started = startWaiting();
        }
        started.forEach(next -> next.decision().complete(true));
        return true;
    }

    /** Resumes the work of a paused read at once. */
    synchronized void resumeWork(PlaceClaim claim) {
        @Nullable ClientShare share = shares.get(claim.client());
        if (share != null && claim.state() == ClaimState.PAUSED) {
            claim.enter(ClaimState.RUNNING);
            share.workingReads++;
        }
    }

    /** Returns the limit that keeps a claim from its place. */
    synchronized PlaceShortage findShortage(PlaceClaim claim) {
        @Nullable ClientShare share = shares.get(claim.client());
        int own = share == null ? 0 : share.underWay;
        int busy = share == null ? 0 : share.workingReads;
        if (own >= limits.perClient()) {
            return new PlaceShortage(ShortageScope.CLIENT, own, limits.perClient());
        }
        if (!hasProvincePlace(claim)) {
            return new PlaceShortage(
                    ShortageScope.PROVINCE, countOf(runningByProvince, claim.province()), limits.perProvince());
        }
        if (claim.isRead() && busy >= limits.readsOfBusyClient()) {
            return new PlaceShortage(ShortageScope.CLIENT, busy, limits.readsOfBusyClient());
        }
        if (own > 0 && running - runningClients >= limits.furtherOverall()) {
            return new PlaceShortage(ShortageScope.FURTHER, running - runningClients, limits.furtherOverall());
        }
        return running >= limits.overall()
                ? new PlaceShortage(ShortageScope.ALL, running, limits.overall())
                : new PlaceShortage(ShortageScope.KIND, running, limits.overall() - countReserved(claim));
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
        return share.underWay < limits.perClient()
                && hasProvincePlace(claim)
                && hasTurn(claim, share)
                && running < limits.overall() - countReserved(claim)
                && (share.underWay == 0 || running - runningClients < limits.furtherOverall());
    }

    /** Returns whether the client may begin another read next to those of other clients. */
    private boolean hasTurn(PlaceClaim claim, ClientShare share) {
        return !claim.isRead() || share.workingReads < limits.readsOfBusyClient() || !hasActiveOthers(claim.client());
    }

    /** Returns the number of places that are left for callers of other kinds. */
    private int countReserved(PlaceClaim claim) {
        return RESERVED_KINDS.stream()
                .filter(kind -> !kind.equals(claim.kind()))
                .mapToInt(kind -> Math.max(0, limits.reservedPerKind() - countOf(runningByKind, kind)))
                .sum();
    }

    private void noteActivity(String client) {
        if (!client.equals(latestClient)) {
            latestClient = client;
            otherAt = latestAt;
        }
        latestAt = clock.getAsLong();
    }

    private boolean hasActiveOthers(String client) {
        return clock.getAsLong() - (client.equals(latestClient) ? otherAt : latestAt) < ACTIVE_NANOS;
    }

    private static int countOf(Map<String, Integer> counts, @Nullable String key) {
        return key == null ? 0 : counts.getOrDefault(key, 0);
    }

    private static void change(Map<String, Integer> counts, @Nullable String key, int number) {
        if (key != null) {
            counts.merge(key, number, (before, more) -> before + more == 0 ? null : before + more);
        }
    }

    private boolean hasProvincePlace(PlaceClaim claim) {
        return claim.province() == null || countOf(runningByProvince, claim.province()) < limits.perProvince();
    }

    private void start(PlaceClaim claim, ClientShare share) {
        claim.enter(ClaimState.RUNNING);
        if (share.underWay++ == 0) {
            runningClients++;
        }
        if (claim.isRead()) {
            share.workingReads++;
        }
        running++;
        change(runningByProvince, claim.province(), 1);
        change(runningByKind, claim.kind(), 1);
    }

    private void end(PlaceClaim claim, ClientShare share, ClaimState before) {
        if (--share.underWay == 0) {
            runningClients--;
        }
        if (claim.isRead() && before == ClaimState.RUNNING) {
            share.workingReads--;
        }
        running--;
        change(runningByProvince, claim.province(), -1);
        change(runningByKind, claim.kind(), -1);
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
