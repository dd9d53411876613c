package org.voyage.dashboard;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Session that this instance has seen lately: its newest tokens, its open answers, and what the issuer said about it. The
 * issuer is asked once at a time, whatever the number of requests.
 */
final class TrackedSession {
    /** Time that a request with expired tokens waits for new ones. */
    private static final Duration REFRESH_PATIENCE = Duration.ofSeconds(4);
    /** Time that a request with good tokens waits for the issuer, whose answer counts for the next request too. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** Pause between two refreshes after one that gave no tokens. */
    private static final Duration REFRESH_PAUSE = Duration.ofSeconds(1);

    private final IssuerClient issuer;
    private final long checkNanos;
    private final Set<HttpServerResponse> open = ConcurrentHashMap.newKeySet();
    private PersonSession newest;
    private @Nullable Future<Void> refresh;
    private @Nullable Instant refreshAfter;
    /** Generation whose refresh token the issuer has refused once. */
    private int refused = -1;
    /** Newest generation of tokens that are over; a browser may show newer ones, from another instance. */
    private int over = -1;

    private @Nullable Future<Void> check;
    private long checkAt;
    private long usedAt = System.nanoTime();
    private boolean ended;
    private boolean endedHere;

    /** @param checkNanos time within which the end of the session is noticed */
    TrackedSession(IssuerClient issuer, PersonSession first, long checkNanos) {
        this.issuer = issuer;
        this.newest = first;
        this.checkNanos = checkNanos;
        this.checkAt = usedAt;
    }

    /**
     * Returns the session with tokens that hold; empty if it has ended.
     *
     * @param shown session of a request, whose tokens another request or another instance may have replaced
     * @return fails with {@link IssuerNotReachedException} if the tokens cannot be refreshed now
     */
    Future<Optional<PersonSession>> findSession(PersonSession shown) {
        return renewTokens(shown).compose(_ -> awaitCheck()).map(_ -> currentSession());
    }

    private synchronized Future<Void> renewTokens(PersonSession shown) {
        usedAt = System.nanoTime();
        // Of two sets of one generation, which two instances got, the browser keeps one: the other one is never used
        // again.
        if (shown.generation() >= newest.generation()) {
            newest = shown;
        }
        Instant now = Instant.now();
        if (newest.isExpired(now)) {
            if (newest.isBeyondRefresh(now)) {
                endTokens();
            }
            return isOver() ? Future.succeededFuture() : refreshTokens(now);
        }
        boolean canRefresh = !newest.isBeyondRefresh(now) && refused != newest.generation();
        return isOver() || !newest.isNearExpiry(now) || !canRefresh
                ? Future.succeededFuture()
                : refreshTokens(now)
                        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .recover(_ -> requireLife());
    }

    /** Lets a request go on without new tokens as long as the old ones hold. */
    private synchronized Future<Void> requireLife() {
        return newest.isExpired(Instant.now())
                ? Future.failedFuture(new IssuerNotReachedException())
                : Future.succeededFuture();
    }

    /** Begins a refresh unless one is in flight or the last one has just failed. */
    private Future<Void> refreshTokens(Instant now) {
        if (refresh == null) {
            if (refreshAfter != null && now.isBefore(refreshAfter)) {
                return Future.failedFuture(new IssuerNotReachedException());
            }
            PersonSession asked = newest;
            Future<Void> answer = issuer.refreshTokens(asked.refreshToken()).compose(each -> acceptAnswer(asked, each));
            // An answer that comes late still counts, for the next request.
            Future<Void> begun = answer.timeout(REFRESH_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .recover(_ -> Future.failedFuture(new IssuerNotReachedException()));
            refresh = begun;
            answer.onComplete(_ -> clearRefresh());
            return begun;
        }
        return refresh;
    }

    private synchronized void clearRefresh() {
        refresh = null;
    }

    private synchronized Future<Void> acceptAnswer(PersonSession asked, RefreshAnswer answer) {
        Instant now = Instant.now();
        if (answer instanceof RefreshAnswer.NewTokens(var tokens)) {
            Optional<PersonSession> renewed = asked.withTokens(tokens);
            if (renewed.isEmpty()) {
                endTokens();
            } else if (renewed.get().generation() > newest.generation()) {
                newest = renewed.get();
                planCheck();
            }
            return Future.succeededFuture();
        }
        refreshAfter = now.plus(REFRESH_PAUSE);
        if (answer instanceof RefreshAnswer.Refused && newest.equals(asked)) {
            // The first refusal may mean that another instance was quicker: the browser then shows newer tokens soon.
            if (refused == asked.generation() && asked.isExpired(now)) {
                endTokens();
                return Future.succeededFuture();
            }
            refused = asked.generation();
        }
        return Future.failedFuture(new IssuerNotReachedException());
    }

    private Future<Void> awaitCheck() {
        return checkSession(System.nanoTime())
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    /** Asks the issuer whether the session lives, if it is time to, and acts on the answer. */
    synchronized Future<Void> checkSession(long now) {
        if (isOver() || (check == null && now - checkAt < 0)) {
            return Future.succeededFuture();
        }
        if (check == null) {
            PersonSession asked = newest;
            planCheck();
            Future<Void> answer = issuer.checkSession(asked.accessToken()).map(each -> acceptCheck(asked, each));
            check = answer;
            answer.onComplete(_ -> clearCheck());
            return answer;
        }
        return check;
    }

    private synchronized void clearCheck() {
        check = null;
    }

    private synchronized @Nullable Void acceptCheck(PersonSession asked, SessionCheck answer) {
        if (answer == SessionCheck.REFUSED && newest.equals(asked)) {
            if (asked.isExpired(Instant.now())) {
                // This says nothing about the session: its browser asks again, which refreshes the tokens.
                resetAnswers();
            } else {
                endSession();
            }
        }
        return null;
    }

    /** Plans the next check so that its answer is here in time, and that those of many sessions are spread. */
    synchronized void planCheck() {
        checkAt = System.nanoTime()
                + (long) (checkNanos * ThreadLocalRandom.current().nextDouble(0.5, 0.8));
    }

    private synchronized Optional<PersonSession> currentSession() {
        return isOver() ? Optional.empty() : Optional.of(newest);
    }

    private boolean isOver() {
        return ended || newest.generation() <= over;
    }

    /** Ends the answer when the session ends. */
    void trackAnswer(HttpServerResponse answer) {
        open.add(answer);
        answer.endHandler(_ -> open.remove(answer));
        answer.closeHandler(_ -> open.remove(answer));
        synchronized (this) {
            if (isOver()) {
                resetAnswers();
            }
        }
    }

    private void endTokens() {
        over = newest.generation();
        resetAnswers();
    }

    /** Ends the session because its person signs out or another one signs in, and returns its newest tokens. */
    synchronized PersonSession endHere() {
        endedHere = true;
        return endSession();
    }

    synchronized boolean isEndedHere() {
        return endedHere;
    }

    /** Ends the session on this instance, with its open answers, and returns its newest tokens. */
    synchronized PersonSession endSession() {
        ended = true;
        resetAnswers();
        return newest;
    }

    private void resetAnswers() {
        open.forEach(HttpServerResponse::reset);
        open.clear();
    }

    synchronized boolean hasOpenAnswers() {
        return !open.isEmpty();
    }

    /** Returns whether a check is due. */
    synchronized boolean isCheckDue(long now) {
        return !isOver() && check == null && now - checkAt >= 0;
    }

    synchronized boolean isUnusedFor(Duration time, long now) {
        return open.isEmpty() && now - usedAt > time.toNanos();
    }
}
