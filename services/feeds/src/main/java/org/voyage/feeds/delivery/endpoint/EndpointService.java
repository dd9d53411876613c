package org.voyage.feeds.delivery.endpoint;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.delivery.config.DeliveryConfig;
import org.voyage.feeds.delivery.endpoint.EndpointBodyReader.EndpointChange;
import org.voyage.feeds.delivery.endpoint.EndpointBodyReader.ReplayDraft;
import org.voyage.feeds.delivery.endpoint.EndpointBodyReader.RotationDraft;
import org.voyage.feeds.delivery.endpoint.EndpointCalls.ChallengeResult;
import org.voyage.feeds.delivery.http.SigningAlgorithm;
import org.voyage.feeds.delivery.http.SigningSecret;
import org.voyage.feeds.delivery.http.WebhookAddressPolicy;
import org.voyage.feeds.delivery.http.WebhookAddressPolicy.AddressRefusedException;
import org.voyage.feeds.delivery.http.WebhookReply;
import org.voyage.feeds.delivery.http.WebhookUrlParser;
import org.voyage.feeds.delivery.http.WebhookUrlParser.UrlRefusedException;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.feeds.quota.AllianceQuotas;
import org.voyage.kit.access.Caller;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.QuotaUsage;
import org.voyage.kit.problem.Refusal;

/** Changes of endpoints: one transaction for each, with its audit entry. Secrets are in no entry. */
@ApplicationScoped
class EndpointService {

    /** How long a former secret signs along after a rotation, if the alliance names no end. */
    private static final Duration SECRET_OVERLAP = Duration.ofHours(24);

    /** Record name in the audit trail. */
    static final String AUDIT_RECORD = "feed-endpoint";

    private static final int ID_LETTERS = 16;
    private static final int KID_LETTERS = 8;
    private static final int MAX_SECRETS = 6;
    private static final int MAX_RUNNING_REPLAYS = 5;
    private static final Duration REPLAY_RETRY_PAUSE = Duration.ofMinutes(1);

    private final EndpointStore endpoints;
    private final EndpointSecretStore secrets;
    private final ReplayStore replays;
    private final DeliveryOverviewStore overviews;
    private final AllianceQuotas quotas;
    private final EndpointCalls calls;
    private final WebhookUrlParser urls;
    private final WebhookAddressPolicy addresses;
    private final DeliveryConfig config;
    private final Caller caller;
    private final AuditTrail audit;
    private final Clock clock;

    EndpointService(
            EndpointStore endpoints,
            EndpointSecretStore secrets,
            ReplayStore replays,
            DeliveryOverviewStore overviews,
            AllianceQuotas quotas,
            EndpointCalls calls,
            WebhookUrlParser urls,
            WebhookAddressPolicy addresses,
            DeliveryConfig config,
            Caller caller,
            AuditTrail audit,
            Clock clock) {
        this.endpoints = endpoints;
        this.secrets = secrets;
        this.replays = replays;
        this.overviews = overviews;
        this.quotas = quotas;
        this.calls = calls;
        this.urls = urls;
        this.addresses = addresses;
        this.config = config;
        this.caller = caller;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param key what the receiver verifies with; a secret of HMAC */
    record NewSecret(String kid, SigningAlgorithm algorithm, String key, Instant createdAt) {}

    record NewEndpoint(FeedEndpoint endpoint, List<NewSecret> secrets) {}

    NewEndpoint createEndpoint(FeedWithEndpoints feed, EndpointDraft draft) {
        requireAllowed(draft.url());
        FeedEndpoint endpoint = new FeedEndpoint(
                RandomIds.newId(ID_LETTERS),
                feed.id(),
                feed.alliance(),
                draft.url(),
                draft.batch(),
                EndpointStatus.UNPROVED,
                null,
                now(),
                1,
                now());
        return QuarkusTransaction.requiringNew().call(() -> {
            long existing = endpoints.countOfAlliance(feed.alliance());
            if (existing >= config.endpointsPerAlliance()) {
                throw new Refusal.QuotaExceeded(
                        "An alliance has at most " + config.endpointsPerAlliance() + " endpoints; delete one first.",
                        "每个联盟最多设置 " + config.endpointsPerAlliance() + " 个接收地址，请先删除不用的地址。",
                        QuotaUsage.ofCaller(existing, config.endpointsPerAlliance(), "endpoints", "个接收地址"));
            }
            FeedPosition begin = endpoints.findBegin(feed.id());
            FeedPosition after = draft.after() == null
                    ? begin
                    : requirePosition(draft.after(), begin, endpoints.findHead(feed.id()));
            endpoints.insert(endpoint, caller.clientId(), after);
            List<NewSecret> created = new ArrayList<>();
            for (SigningAlgorithm algorithm : draft.signing()) {
                created.add(createSecret(endpoint, algorithm));
            }
            appendEntry("endpoint-created", endpoint, Map.of("url", endpoint.url()));
            return new NewEndpoint(endpoint, created);
        });
    }

    private static FeedPosition requirePosition(FeedPosition after, FeedPosition begin, FeedPosition head) {
        if (after.compareTo(head) > 0) {
            throw new Refusal.Invalid(Finding.field(
                    "after",
                    "feed-position",
                    "This is no position of the feed; its last is " + head.text() + ".",
                    "这不是该订阅的位置；其末尾位置为 " + head.text() + "。"));
        }
        if (after.compareTo(begin) < 0) {
            throw new Refusal.Invalid(Finding.field(
                    "after",
                    "position-expired",
                    "The events after this position are no longer kept; the oldest position is " + begin.text() + ".",
                    "该位置之后的事件已不再保留，最早可用位置为 " + begin.text() + "。"));
        }
        return after;
    }

    private NewSecret createSecret(FeedEndpoint endpoint, SigningAlgorithm algorithm) {
        SigningSecret secret = SigningSecret.generate(algorithm);
        String kid = RandomIds.newId(KID_LETTERS);
        Instant created = now();
        secrets.insert(endpoint, kid, secret, created);
        return new NewSecret(kid, algorithm, secret.receiverKey(), created);
    }

    private void requireAllowed(String url) {
        try {
            addresses.resolveHost(urls.parse(url).host());
        } catch (UrlRefusedException e) {
            throw new Refusal.UrlNotAllowed(e.finding());
        } catch (AddressRefusedException e) {
            throw new Refusal.UrlNotAllowed(Finding.field(
                    "url",
                    "url-address",
                    "The host has an address to which nothing is sent (" + e.reason() + ").",
                    "该主机的地址不允许接收推送（" + e.reason() + "）。"));
        } catch (UnknownHostException e) {
            throw new Refusal.UrlNotAllowed(
                    Finding.field("url", "url-unknown-host", "The host has no address.", "无法解析该主机名。"));
        }
    }

    /** Changes an endpoint. A new URL is proven again; one that the service has disabled, too. */
    FeedEndpoint changeEndpoint(FeedEndpoint endpoint, EndpointChange change) {
        String url = change.url() == null ? endpoint.url() : change.url();
        boolean isMoved = !url.equals(endpoint.url());
        if (isMoved) {
            requireAllowed(url);
        }
        return QuarkusTransaction.requiringNew().call(() -> {
            boolean batch = change.batch() == null ? endpoint.batch() : change.batch();
            if (isMoved) {
                endpoints.updateUrl(endpoint.id(), url, batch, EndpointStatus.UNPROVED, now());
            } else if (batch != endpoint.batch()) {
                endpoints.updateBatch(endpoint.id(), batch);
            }
            if (change.enabled() != null && !isMoved) {
                switchEndpoint(endpoint, change.enabled());
            }
            appendEntry("endpoint-changed", endpoint, Map.of("url", url));
            return endpoints.find(endpoint.id()).orElseThrow(Refusal.NotFound::new);
        });
    }

    private void switchEndpoint(FeedEndpoint endpoint, boolean enabled) {
        if (!enabled && endpoint.status() != EndpointStatus.DISABLED) {
            endpoints.updateStatus(endpoint.id(), EndpointStatus.DISABLED, DisableReason.ALLIANCE, now());
        } else if (enabled && endpoint.status() != EndpointStatus.ENABLED) {
            // It may have been disabled because the URL was given up.
            throw new Refusal.Conflict(Finding.field(
                    "enabled",
                    "challenge-first",
                    "An endpoint is enabled by a passed challenge: POST .../challenge.",
                    "接收地址须通过验证后启用：POST …/challenge。"));
        }
    }

    void deleteEndpoint(FeedEndpoint endpoint) {
        QuarkusTransaction.requiringNew().run(() -> {
            endpoints.delete(endpoint.id());
            appendEntry("endpoint-deleted", endpoint, Map.of("url", endpoint.url()));
        });
    }

    /** Lets the endpoint prove itself, and enables it if it does. */
    ChallengeResult challengeEndpoint(FeedEndpoint endpoint) {
        requireAllowed(endpoint.url());
        claimCall(endpoint);
        ChallengeResult result = calls.sendChallenge(endpoint);
        if (result.isPassed()) {
            QuarkusTransaction.requiringNew().run(() -> {
                FeedEndpoint now = endpoints.find(endpoint.id()).orElseThrow(Refusal.NotFound::new);
                if (!now.url().equals(endpoint.url())) {
                    throw new Refusal.Conflict("The URL was changed meanwhile.", "接收地址已被修改，请重新验证。");
                }
                if (now.status() != EndpointStatus.ENABLED) {
                    endpoints.updateStatus(endpoint.id(), EndpointStatus.ENABLED, null, now());
                }
                appendEntry("endpoint-proven", endpoint, Map.of("url", endpoint.url()));
            });
        }
        return result;
    }

    WebhookReply sendTest(FeedEndpoint endpoint) {
        requireProven(endpoint);
        claimCall(endpoint);
        return calls.sendTest(endpoint);
    }

    private static void requireProven(FeedEndpoint endpoint) {
        if (endpoint.status() == EndpointStatus.UNPROVED) {
            throw new Refusal.Conflict("The endpoint is not proven yet: POST .../challenge.", "接收地址尚未通过验证。");
        }
    }

    private void claimCall(FeedEndpoint endpoint) {
        if (!endpoints.claimChallenge(endpoint.id(), config.challengePause())) {
            throw new Refusal.QuotaExceeded(
                    "An endpoint gets one challenge or test event in "
                            + config.challengePause().toSeconds() + " s.",
                    "每个接收地址每 " + config.challengePause().toSeconds() + " 秒只能验证或测试一次。",
                    new QuotaUsage(1, 1, "calls", "次", now().plus(config.challengePause())));
        }
    }

    NewSecret rotateSecret(FeedEndpoint endpoint, RotationDraft draft) {
        Duration overlap = draft.overlap() == null ? SECRET_OVERLAP : draft.overlap();
        return QuarkusTransaction.requiringNew().call(() -> {
            int existing = secrets.list(endpoint.id(), now()).size();
            if (existing >= MAX_SECRETS) {
                throw new Refusal.QuotaExceeded(
                        "An endpoint has at most " + MAX_SECRETS + " secrets at a time; delete one first.",
                        "每个接收地址最多同时使用 " + MAX_SECRETS + " 个密钥，请先删除一个。",
                        QuotaUsage.ofCaller(existing, MAX_SECRETS, "secrets", "个密钥"));
            }
            NewSecret created = createSecret(endpoint, draft.algorithm());
            secrets.endOthers(endpoint.id(), draft.algorithm(), created.kid(), now().plus(overlap));
            endpoints.touch(endpoint.id());
            appendEntry("endpoint-secret-created", endpoint, Map.of("kid", created.kid()));
            return created;
        });
    }

    void deleteSecret(FeedEndpoint endpoint, String kid) {
        QuarkusTransaction.requiringNew().run(() -> {
            List<EndpointSecret> active = secrets.list(endpoint.id(), now());
            if (active.stream().noneMatch(each -> each.kid().equals(kid))) {
                throw new Refusal.NotFound();
            }
            if (active.size() == 1) {
                throw new Refusal.Conflict(
                        "The last secret of an endpoint stays; make a new one first.", "接收地址至少保留一个密钥，请先创建新密钥。");
            }
            secrets.delete(endpoint.id(), kid);
            endpoints.touch(endpoint.id());
            appendEntry("endpoint-secret-deleted", endpoint, Map.of("kid", kid));
        });
    }

    EventReplay createReplay(FeedEndpoint endpoint, ReplayDraft draft) {
        requireProven(endpoint);
        return QuarkusTransaction.requiringNew().call(() -> {
            long running = replays.countRunning(endpoint.id());
            if (running >= MAX_RUNNING_REPLAYS) {
                throw new Refusal.QuotaExceeded(
                        "An endpoint has at most " + MAX_RUNNING_REPLAYS + " running replays.",
                        "每个接收地址最多同时进行 " + MAX_RUNNING_REPLAYS + " 个重发任务。",
                        new QuotaUsage(
                                running, MAX_RUNNING_REPLAYS, "replays", "个重发任务", now().plus(REPLAY_RETRY_PAUSE)));
            }
            EventReplay replay = toReplay(endpoint, draft);
            quotas.chargeReplay(endpoint.alliance(), replay.total());
            replays.insert(endpoint.id(), replay);
            endpoints.touch(endpoint.id());
            appendEntry("endpoint-replay", endpoint, Map.of("kind", replay.kind(), "total", replay.total()));
            return replay;
        });
    }

    private EventReplay toReplay(FeedEndpoint endpoint, ReplayDraft draft) {
        if (!draft.events().isEmpty()) {
            if (replays.countEvents(endpoint.feed(), draft.events())
                    < draft.events().size()) {
                throw new Refusal.Invalid(Finding.field(
                        "events", "feed-position", "The feed has no such events, or no longer.", "订阅中没有这些事件，或已不再保留。"));
            }
            return newReplay(
                    "events", draft.events(), null, null, draft.events().size());
        }
        if (draft.undelivered()) {
            @Nullable
            FeedPosition last = overviews.findLastUndelivered(endpoint.id()).orElse(null);
            return newReplay(
                    "undelivered",
                    List.of(),
                    null,
                    last == null ? new FeedPosition(1, 0) : last,
                    overviews.countUndelivered(endpoint.id()));
        }
        FeedPosition from = Objects.requireNonNull(draft.from());
        FeedPosition to = Objects.requireNonNull(draft.to());
        if (from.sequence() == 0 || from.compareTo(to) > 0) {
            throw new Refusal.Invalid(Finding.field(
                    "from", "feed-range", "The range begins with an event and not after its end.", "范围起点须为事件且不晚于终点。"));
        }
        return newReplay("range", List.of(), from, to, replays.countRange(endpoint.feed(), from, to));
    }

    private EventReplay newReplay(
            String kind,
            List<FeedPosition> positions,
            @Nullable FeedPosition first,
            @Nullable FeedPosition last,
            long total) {
        return new EventReplay(
                RandomIds.newId(ID_LETTERS), kind, positions, first, last, null, total, 0, 0, false, now(), null);
    }

    private void appendEntry(String action, FeedEndpoint endpoint, Map<String, ?> details) {
        audit.appendEntries(
                AuditEntry.done(action, AUDIT_RECORD, null, endpoint.feed() + "/" + endpoint.id(), details));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
