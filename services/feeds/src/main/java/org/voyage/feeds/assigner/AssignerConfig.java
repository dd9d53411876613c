package org.voyage.feeds.assigner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import org.voyage.kit.secret.KeyRingConfig;

/** Configuration of the assigner and of the log of the feeds. */
@ConfigMapping(prefix = "voyage.feeds")
public interface AssignerConfig {

    /** Topics of the records that may leave. Nothing of another topic can leave. */
    List<String> topics();

    /** Key of the ids that name records for readers. Never change it: readers would see each record under another id. */
    KeyRingConfig outsideId();

    AssignerSettings assigner();

    /** How long an event can be read. */
    @WithDefault("30d")
    Duration retention();

    /** How long the changes of records are kept: a start in the past is as far back as the retention, less the time it takes. */
    default Duration historyLength() {
        return retention().plusDays(1);
    }

    /** Settings of the assigner, which numbers the events of each feed. */
    interface AssignerSettings {

        /** Whether this instance may assign; others read and deliver only. */
        @WithDefault("true")
        boolean enabled();

        /** Maximum number of changes in one transaction. */
        @WithDefault("500")
        int batch();

        /** Maximum number of records that a scan judges in one transaction. */
        @WithDefault("500")
        int scanBatch();

        /** How long the loop waits for changes before it goes on with scans. */
        @WithDefault("20ms")
        Duration poll();

        /** Pause after a failure, and between two attempts to get the lease. */
        @WithDefault("500ms")
        Duration retry();

        /** How long a recognition may wait for its standard before it counts as overdue. */
        @WithDefault("10m")
        Duration maxWait();

        /** Interval of the search for new topics and partitions. */
        @WithDefault("2s")
        Duration discovery();
    }
}
