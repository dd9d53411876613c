package org.voyage.dashboard;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ledger of the sessions that this instance has seen lately, with their open answers. The issuer decides whether a
 * session lives: the ledger asks it again after {@link DashboardConfig#sessionCheck()}, so that every instance notices
 * the end of a session, wherever it ended. It holds nothing that may not be lost.
 */
@ApplicationScoped
class SessionLedger {
    /** Time after which a session without a request is forgotten; its next request asks the issuer. */
    private static final long FORGOTTEN_AFTER_NANOS = Duration.ofMinutes(30).toNanos();

    private final Vertx vertx;
    private final IssuerClient issuer;
    private final long checkNanos;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    private static final class Entry {
        private final Set<HttpServerResponse> open = ConcurrentHashMap.newKeySet();
        private volatile String accessToken;
        private volatile long checkedAt;
        private volatile boolean ended;

        Entry(String accessToken, long checkedAt) {
            this.accessToken = accessToken;
            this.checkedAt = checkedAt;
        }
    }

    SessionLedger(Vertx vertx, IssuerClient issuer, DashboardConfig config) {
        this.vertx = vertx;
        this.issuer = issuer;
        this.checkNanos = config.sessionCheck().toNanos();
    }

    void startChecks(@Observes StartupEvent start) {
        vertx.setPeriodic(Duration.ofNanos(checkNanos).toMillis(), _ -> checkOpenSessions());
    }

    /** Returns whether the session still lives, as the issuer said within the last seconds. */
    Future<Boolean> isAlive(PersonSession session) {
        long now = System.nanoTime();
        Entry entry =
                entries.computeIfAbsent(session.id(), _ -> new Entry(session.accessToken(), now - checkNanos - 1));
        entry.accessToken = session.accessToken();
        return entry.ended || now - entry.checkedAt < checkNanos
                ? Future.succeededFuture(!entry.ended)
                : checkSession(entry).map(_ -> !entry.ended);
    }

    /** Ends the answer when the session ends. */
    void trackAnswer(PersonSession session, HttpServerResponse answer) {
        Entry entry = entries.get(session.id());
        if (entry == null || entry.ended) {
            answer.reset();
            return;
        }
        entry.open.add(answer);
        answer.endHandler(_ -> entry.open.remove(answer));
        answer.closeHandler(_ -> entry.open.remove(answer));
        if (entry.ended) {
            answer.reset();
        }
    }

    /** Ends the session here and at the issuer, with its open answers. */
    Future<Void> endSession(PersonSession session) {
        Entry entry = entries.computeIfAbsent(session.id(), _ -> new Entry(session.accessToken(), System.nanoTime()));
        endEntry(entry);
        return issuer.endSession(session);
    }

    private Future<Void> checkSession(Entry entry) {
        entry.checkedAt = System.nanoTime();
        return issuer.isRefused(entry.accessToken)
                .onSuccess(refused -> {
                    if (refused) {
                        endEntry(entry);
                    }
                })
                .mapEmpty();
    }

    private static void endEntry(Entry entry) {
        entry.ended = true;
        entry.open.forEach(HttpServerResponse::reset);
        entry.open.clear();
    }

    private void checkOpenSessions() {
        long now = System.nanoTime();
        entries.values().removeIf(entry -> entry.open.isEmpty() && now - entry.checkedAt > FORGOTTEN_AFTER_NANOS);
        for (Entry entry : entries.values()) {
            if (!entry.open.isEmpty()) {
                checkSession(entry);
            }
        }
    }
}
