package org.voyage.feeds.quota;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import org.voyage.feeds.quota.AllianceUseStore.UsedSlot;
import org.voyage.kit.problem.QuotaUsage;
import org.voyage.kit.problem.Refusal;

/**
 * Quotas of an alliance for the work that its commands cause. A command is refused while a quota is used up; the assigner
 * finishes a scan that has begun. Changes of records and of grants cost the alliance nothing.
 */
@ApplicationScoped
public class AllianceQuotas {

    private final AllianceUseStore store;
    private final AllianceQuotaConfig config;

    AllianceQuotas(AllianceUseStore store, AllianceQuotaConfig config) {
        this.store = store;
        this.config = config;
    }

    /**
     * Requires room for a new feed or another filter, whose scan is charged as far as it gets.
     *
     * @throws Refusal.QuotaExceeded while the alliance has used up a quota
     */
    public void requireScan(String alliance) {
        List<UsedSlot> slots = store.loadSlots(alliance);
        requireScannedRecords(slots);
        requireEvents(slots);
        long bytes = store.countBytes(alliance);
        if (bytes >= config.storedBytes()) {
            throw new Refusal.QuotaExceeded(
                    "The feeds of an alliance keep at most " + config.storedBytes()
                            + " bytes of events and records; delete a feed first.",
                    "每个联盟的订阅最多保存 " + config.storedBytes() + " 字节的事件和记录，请先删除不用的订阅。",
                    QuotaUsage.ofBytes(bytes, config.storedBytes(), null));
        }
    }

    /** Requires room for a preview. @throws Refusal.QuotaExceeded while the alliance has used up a quota */
    public void requirePreview(String alliance) {
        requireScannedRecords(store.loadSlots(alliance));
    }

    /** Charges the records that a preview has read. */
    public void chargePreview(String alliance, long records) {
        store.add(alliance, records, 0);
    }

    /**
     * Requires room for a replay, and charges its events, in the transaction of the caller.
     *
     * @throws Refusal.QuotaExceeded while the alliance has used up a quota
     */
    public void chargeReplay(String alliance, long events) {
        requireEvents(store.loadSlots(alliance));
        store.add(alliance, 0, events);
    }

    private void requireScannedRecords(List<UsedSlot> slots) {
        long limit = config.scannedRecordsPerHour();
        long used = slots.stream().mapToLong(UsedSlot::scanned).sum();
        if (used >= limit) {
            throw new Refusal.QuotaExceeded(
                    "In an hour at most " + limit
                            + " records are read for the new feeds, changed filters and previews of an alliance.",
                    "每个联盟每小时因新建订阅、变更筛选条件和预览而读取的记录最多为 " + limit + " 条。",
                    new QuotaUsage(used, limit, "records", "条记录", findRetry(slots, UsedSlot::scanned, limit)));
        }
    }

    private void requireEvents(List<UsedSlot> slots) {
        long limit = config.eventsPerHour();
        long used = slots.stream().mapToLong(UsedSlot::events).sum();
        if (used >= limit) {
            throw new Refusal.QuotaExceeded(
                    "In an hour at most " + limit
                            + " events are stored or sent again for the new feeds, changed filters and replays of an"
                            + " alliance.",
                    "每个联盟每小时因新建订阅、变更筛选条件和重发而产生或重发的事件最多为 " + limit + " 个。",
                    new QuotaUsage(used, limit, "events", "个事件", findRetry(slots, UsedSlot::events, limit)));
        }
    }

    /** Returns when so many of the oldest slots have passed that there is room again. */
    private static Instant findRetry(List<UsedSlot> slots, ToLongFunction<UsedSlot> use, long limit) {
        long used = slots.stream().mapToLong(use).sum();
        for (UsedSlot slot : slots) {
            used -= use.applyAsLong(slot);
            if (used < limit) {
                return slot.begin().plus(AllianceUseStore.PERIOD);
            }
        }
        return Instant.now().plus(AllianceUseStore.PERIOD);
    }
}
