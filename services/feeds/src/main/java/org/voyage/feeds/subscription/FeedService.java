package org.voyage.feeds.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.voyage.feeds.assigner.ScanCause;
import org.voyage.feeds.feed.FeedPosition;
import org.voyage.feeds.quota.AllianceQuotas;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.http.ETags;
import org.voyage.kit.problem.QuotaUsage;
import org.voyage.kit.problem.Refusal;

/** Commands of an alliance on its subscriptions. Each is audited in its own transaction. */
@ApplicationScoped
public class FeedService {

    static final String AUDIT_RECORD = "feed";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BITS = 75;
    private static final int ID_RADIX = 32;

    private final FeedStore feeds;
    private final AuditTrail audit;
    private final AllianceQuotas quotas;
    private final SubscriptionConfig config;
    private final Clock clock;

    FeedService(FeedStore feeds, AuditTrail audit, AllianceQuotas quotas, SubscriptionConfig config, Clock clock) {
        this.feeds = feeds;
        this.quotas = quotas;
        this.audit = audit;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Creates a feed; the assigner fills it from then on.
     *
     * @throws Refusal.QuotaExceeded when the alliance has as many feeds as it may have, or has used up a quota
     */
    @Transactional
    public Feed createFeed(String alliance, FeedDraft draft, String by) {
        quotas.requireScan(alliance);
        long existing = feeds.countLocked(alliance);
        if (existing >= config.maxFeeds()) {
            throw new Refusal.QuotaExceeded(
                    "An alliance has at most " + config.maxFeeds() + " feeds; delete one first.",
                    "每个联盟最多可有 " + config.maxFeeds() + " 个订阅，请先删除一个。",
                    QuotaUsage.ofCaller(existing, config.maxFeeds(), "feeds", "个订阅"));
        }
        Feed feed = new Feed(
                newId(),
                alliance,
                draft.name(),
                draft.filter(),
                draft.start(),
                draft.withKafka(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                1,
                new FeedPosition(1, 0),
                new FeedPosition(0, 0),
                Optional.of(ScanCause.nameFirstScan(draft.start())));
        feeds.insert(feed, by);
        appendEntry(
                "created", feed, Map.of("filter", draft.filter(), "start", draft.start(), "kafka", draft.withKafka()));
        return feed;
    }

    /**
     * Changes name, filter, or whether the feed has a topic. A changed filter begins a scan: what enters and leaves the scope
     * becomes events.
     *
     * @throws Refusal.QuotaExceeded for a changed filter, when the alliance has used up a quota
     */
    @Transactional
    public Feed changeFeed(Feed feed, FeedDraft change, ETags conditions) {
        conditions.requireMatch(OptionalLong.of(feed.version()));
        if (!change.filter().equals(feed.filter())) {
            quotas.requireScan(feed.alliance());
        }
        if (!feeds.update(feed.id(), feed.version(), change)) {
            throw new Refusal.Conflict("The feed was changed meanwhile; read it again.", "该订阅已被更改，请重新读取。");
        }
        appendEntry(
                "changed",
                feed,
                Map.of("filter", change.filter(), "kafka", change.withKafka(), "version", feed.version() + 1));
        return feeds.find(feed.id()).orElseThrow(Refusal.NotFound::new);
    }

    /** Deletes a feed with its log and endpoints; its id is never used again. */
    @Transactional
    public void deleteFeed(Feed feed) {
        feeds.delete(feed.id());
        appendEntry("deleted", feed, Map.of());
    }

    private void appendEntry(String action, Feed feed, Map<String, ?> details) {
        audit.appendEntries(
                AuditEntry.done("feed-" + action, AUDIT_RECORD, null, feed.alliance() + "/" + feed.id(), details));
    }

    private static String newId() {
        String digits = new BigInteger(ID_BITS, RANDOM).toString(ID_RADIX);
        return "0".repeat(ID_BITS / 5 - digits.length()) + digits;
    }
}
