package org.voyage.feeds.quota;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Quotas of each alliance for the work and the storage that its own commands cause. */
@ConfigMapping(prefix = "voyage.feeds.quota")
public interface AllianceQuotaConfig {

    /**
     * Records per hour that new feeds, changed filters and previews of one alliance may scan; at the limit further ones are
     * refused.
     */
    @WithDefault("5000000")
    long scannedRecordsPerHour();

    /**
     * Events per hour that new feeds, changed filters and replays of one alliance may store or send again; at the limit
     * further ones are refused.
     */
    @WithDefault("500000")
    long eventsPerHour();

    /**
     * Bytes of the kept events of one alliance, and of the records that its feeds hold, at which new feeds and changed filters
     * are refused. Changes of records are stored always.
     */
    @WithDefault("5368709120")
    long storedBytes();
}
