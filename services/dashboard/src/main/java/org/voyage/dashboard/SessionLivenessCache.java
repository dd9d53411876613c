package org.voyage.dashboard;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Cache of the sessions that this instance has seen lately. The issuer decides whether a session lives: the cache asks
 * it again after {@link DashboardConfig#sessionCheck()}, so that every instance notices the end of a session, wherever it
 * ended. It holds nothing that may not be lost.
 */
@ApplicationScoped
class SessionLivenessCache {
    /** Time after which a session without a request is forgotten; its next request asks the issuer. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(30);
    /** Looks at all sessions within the time of one check. */
    private static final int LOOKS = 50;

    private final Vertx vertx;
    private final IssuerClient issuer;
    private final long checkNanos;
    private final Map<String, TrackedSession> sessions = new ConcurrentHashMap<>();

    SessionLivenessCache(Vertx vertx, IssuerClient issuer, DashboardConfig config) {
        this.vertx = vertx;
        this.issuer = issuer;
        this.checkNanos = config.sessionCheck().toNanos();
    }

    void startChecks(@Observes StartupEvent start) {
        vertx.setPeriodic(Math.max(1, Duration.ofNanos(checkNanos / LOOKS).toMillis()), _ -> checkOpenSessions());
    }

    /** Begins a session whose tokens the issuer has just given. */
    void beginSession(PersonSession session) {
        track(session).planCheck();
    }

    /** Returns the session with tokens that hold, as {@link TrackedSession#findSession} does. */
    Future<Optional<PersonSession>> findSession(PersonSession shown) {
        return track(shown).findSession(shown);
    }

    /** Ends the answer when the session ends. */
    void trackAnswer(PersonSession session, HttpServerResponse answer) {
        track(session).trackAnswer(answer);
    }

    /** Ends the session on this instance, with its open answers, and returns its newest tokens. */
    PersonSession endSession(PersonSession session) {
        return track(session).endHere();
    }

    /** Returns whether {@link #endSession} of this instance has ended the session, and not the issuer. */
    boolean isEndedHere(PersonSession session) {
        @Nullable TrackedSession known = sessions.get(session.id());
        return known != null && known.isEndedHere();
    }

    private TrackedSession track(PersonSession session) {
        return sessions.computeIfAbsent(session.id(), _ -> new TrackedSession(issuer, session, checkNanos));
    }

    private void checkOpenSessions() {
        long now = System.nanoTime();
        sessions.values().removeIf(session -> session.isUnusedFor(FORGOTTEN_AFTER, now));
        sessions.values().stream()
                .filter(session -> session.hasOpenAnswers() && session.isCheckDue(now))
                .limit(IssuerClient.MAX_CHECKS)
                .forEach(session -> session.checkSession(now));
    }
}
