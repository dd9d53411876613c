package org.voyage.kit.http;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Claim of one request to a place of {@link FairRequestSlots}, from its arrival to the end of its answer. */
final class PlaceClaim {
    private final CostCaller caller;
    private final boolean read;

    /** Completed when a waiting claim gets its place (true) or is refused (false); null for one that never waits. */
    private @Nullable CompletableFuture<Boolean> decision;

    private ClaimState state = ClaimState.NEW;

    /** State of a claim; the lock of its {@link FairRequestSlots} guards it. */
    enum ClaimState {
        NEW,
        WAITING,
        RUNNING,
        /** Holds its place and waits for something. */
        PAUSED,
        REFUSED,
        ENDED
    }

    /** @param read whether the request only reads, so that it works all the time that it holds its place */
    PlaceClaim(CostCaller caller, boolean read) {
        this.caller = caller;
        this.read = read;
    }

    String client() {
        return caller.client();
    }

    @Nullable
    String province() {
        return caller.province();
    }

    @Nullable
    String kind() {
        return caller.kind();
    }

    boolean isRead() {
        return read;
    }

    ClaimState state() {
        return state;
    }

    void enter(ClaimState next) {
        state = next;
    }

    /** Returns the decision on a waiting claim. The lock of its places must be held when it is created. */
    CompletableFuture<Boolean> decision() {
        @Nullable CompletableFuture<Boolean> known = decision;
        if (known == null) {
            known = new CompletableFuture<>();
            decision = known;
        }
        return known;
    }
}
