package org.voyage.kit.http;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Claim of one request to a place of {@link CostPlaces}, from its arrival to the end of its answer. */
final class PlaceClaim {
    private final String client;
    private final @Nullable String province;

    /** Completed when a waiting claim gets its place (true) or is refused (false); null for one that never waits. */
    private @Nullable CompletableFuture<Boolean> decision;

    private ClaimState state = ClaimState.NEW;

    /** State of a claim; the lock of its {@link CostPlaces} guards it. */
    enum ClaimState {
        NEW,
        WAITING,
        RUNNING,
        REFUSED,
        ENDED
    }

    /**
     * Creates a claim.
     *
     * @param client the subject of the token, or the network of the address
     * @param province of a bureau; null for every other caller
     */
    PlaceClaim(String client, @Nullable String province) {
        this.client = client;
        this.province = province;
    }

    String client() {
        return client;
    }

    @Nullable
    String province() {
        return province;
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
