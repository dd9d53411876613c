package org.voyage.feeds.delivery.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.endpoint.DeliveryOverviewStore.NotedAttempt;
import org.voyage.feeds.delivery.endpoint.DeliveryOverviewStore.UndeliveredEvent;
import org.voyage.feeds.delivery.endpoint.EndpointService.NewEndpoint;
import org.voyage.feeds.delivery.endpoint.EndpointService.NewSecret;
import org.voyage.feeds.delivery.http.WebhookReply;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.kit.idempotency.SecretAnswer;

/** Answers about endpoints, as JSON. */
final class EndpointResponses {

    private EndpointResponses() {}

    /**
     * Secret of an endpoint.
     *
     * @param secret {@code whsec_…}, in the answer to its making alone
     * @param publicKey {@code whpk_…} of Ed25519
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SecretItem(
            String kid,
            String algorithm,
            @Nullable String secret,
            @Nullable String publicKey,
            Instant createdAt,
            @Nullable Instant endsAt) {

        static SecretItem of(EndpointSecret secret) {
            return new SecretItem(
                    secret.kid(),
                    secret.algorithm().wireName(),
                    null,
                    secret.publicKey(),
                    secret.createdAt(),
                    secret.endsAt());
        }

        static SecretItem ofNew(NewSecret secret) {
            boolean isShared = secret.key().startsWith("whsec_");
            return new SecretItem(
                    secret.kid(),
                    secret.algorithm().wireName(),
                    isShared ? secret.key() : null,
                    isShared ? null : secret.key(),
                    secret.createdAt(),
                    null);
        }

        SecretItem withoutSecret() {
            return new SecretItem(kid, algorithm, null, publicKey, createdAt, endsAt);
        }
    }

    /** New secret; its repeat by the idempotency key is without the secret. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NewSecretAnswer(
            String kid,
            String algorithm,
            @Nullable String secret,
            @Nullable String publicKey,
            Instant createdAt) implements SecretAnswer {

        static NewSecretAnswer of(NewSecret created) {
            SecretItem item = SecretItem.ofNew(created);
            return new NewSecretAnswer(item.kid(), item.algorithm(), item.secret(), item.publicKey(), item.createdAt());
        }

        @Override
        public Object withoutSecret() {
            return new NewSecretAnswer(kid, algorithm, null, publicKey, createdAt);
        }
    }

    /** New endpoint with its secrets; its repeat by the idempotency key is without them. */
    public record NewEndpointAnswer(
            String id, String url, boolean batch, String status, Instant createdAt, List<SecretItem> secrets)
            implements SecretAnswer {

        static NewEndpointAnswer of(NewEndpoint created) {
            FeedEndpoint endpoint = created.endpoint();
            return new NewEndpointAnswer(
                    endpoint.id(),
                    endpoint.url(),
                    endpoint.batch(),
                    endpoint.status().wireName(),
                    endpoint.createdAt(),
                    created.secrets().stream().map(SecretItem::ofNew).toList());
        }

        @Override
        public Object withoutSecret() {
            return new NewEndpointAnswer(
                    id,
                    url,
                    batch,
                    status,
                    createdAt,
                    secrets.stream().map(SecretItem::withoutSecret).toList());
        }
    }

    /**
     * Endpoint.
     *
     * @param reason why it is disabled: {@code alliance}, {@code down} or {@code gone}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record EndpointAnswer(
            String id,
            String url,
            boolean batch,
            String status,
            @Nullable String reason,
            Instant statusSince,
            Instant createdAt,
            List<SecretItem> secrets,
            DeliveryState delivery) {

        static EndpointAnswer of(FeedEndpoint endpoint, List<EndpointSecret> secrets, DeliveryState delivery) {
            return new EndpointAnswer(
                    endpoint.id(),
                    endpoint.url(),
                    endpoint.batch(),
                    endpoint.status().wireName(),
                    endpoint.reason() == null ? null : endpoint.reason().wireName(),
                    endpoint.statusSince(),
                    endpoint.createdAt(),
                    secrets.stream().map(SecretItem::of).toList(),
                    delivery);
        }
    }

    /**
     * State of the deliveries to an endpoint.
     *
     * @param position every event up to it is accepted, set aside or held
     * @param lagEvents absent while the feed has begun another epoch
     * @param expiresAt when the oldest event that was not delivered is no longer kept
     * @param expiresSoon whether most of the time until then has passed
     * @param downBecause {@code unavailable} or {@code refusals}
     * @param lastFailed last request that was not accepted; absent if none is kept
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DeliveryState(
            String position,
            @Nullable Long lagEvents,
            long lagSeconds,
            @Nullable Instant expiresAt,
            boolean expiresSoon,
            @Nullable Instant downSince,
            @Nullable String downBecause,
            @Nullable Instant nextTryAt,
            @Nullable AttemptItem lastFailed,
            long held,
            long undelivered) {}

    public record EndpointsAnswer(
            List<EndpointAnswer> items, @Nullable String next) {}

    /** Result of a challenge or test event. @param passed of a challenge: whether the reply repeated the token */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CallAnswer(
            boolean passed,
            String endpointStatus,
            int status,
            @Nullable String failure,
            long durationMillis,
            String excerpt) {

        static CallAnswer of(boolean passed, EndpointStatus endpoint, WebhookReply reply) {
            return new CallAnswer(
                    passed,
                    endpoint.wireName(),
                    reply.status(),
                    reply.failure(),
                    reply.duration().toMillis(),
                    reply.excerpt());
        }
    }

    /**
     * Request to the endpoint; accepted ones within a minute are one item.
     *
     * @param outcome {@code accepted}, {@code refused}, {@code broken}, {@code unavailable}, {@code gone} or {@code expired}
     * @param status of HTTP; 0 without a whole reply
     * @param excerpt begin of the reply: text of the receiver, never to be trusted
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AttemptItem(
            Instant time,
            String first,
            String last,
            int events,
            String outcome,
            int status,
            @Nullable String failure,
            long durationMillis,
            String excerpt,
            @Nullable Instant nextTryAt) {

        static AttemptItem of(NotedAttempt attempt) {
            return new AttemptItem(
                    attempt.time(),
                    attempt.first(),
                    attempt.last(),
                    attempt.events(),
                    attempt.outcome(),
                    attempt.status(),
                    attempt.failure(),
                    attempt.millis(),
                    attempt.excerpt(),
                    attempt.nextTryAt());
        }
    }

    public record AttemptsAnswer(
            List<AttemptItem> items, @Nullable String next) {}

    public record UndeliveredItem(String eventId, int tries, int lastStatus, Instant setAsideAt) {
        static UndeliveredItem of(UndeliveredEvent event) {
            return new UndeliveredItem(event.position().text(), event.tries(), event.status(), event.setAsideAt());
        }
    }

    public record UndeliveredAnswer(
            List<UndeliveredItem> items, @Nullable String next) {}

    /** Replay and its progress. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ReplayAnswer(
            String id,
            String kind,
            String status,
            @Nullable String from,
            @Nullable String to,
            @Nullable String doneTo,
            long total,
            long delivered,
            long refused,
            Instant createdAt,
            @Nullable Instant finishedAt) {

        static ReplayAnswer of(EventReplay replay) {
            return new ReplayAnswer(
                    replay.id(),
                    replay.kind(),
                    replay.isDone() ? "done" : "running",
                    toText(replay.first()),
                    toText(replay.last()),
                    toText(replay.doneTo()),
                    replay.total(),
                    replay.delivered(),
                    replay.refused(),
                    replay.createdAt(),
                    replay.finishedAt());
        }

        private static @Nullable String toText(@Nullable FeedPosition position) {
            return position == null ? null : position.text();
        }
    }
}
