package org.voyage.feeds.assigner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Configuration of the assigner and of the log of the feeds. */
@ConfigMapping(prefix = "voyage.feeds")
public interface AssignerConfig {

    /** Topics of the records that may leave. Nothing of another topic can leave. */
    List<String> topics();

    /** Key of the ids that name records for readers. Never change it: readers would see each record under another id. */
    OutsideIdSettings outsideId();

    AssignerSettings assigner();

    /** How long an event can be read. */
    @WithDefault("30d")
    Duration retention();

    /** How long the changes of records are kept: a start in the past is as far back as the retention, less the time it takes. */
    default Duration historyLength() {
        return retention().plusDays(1);
    }

    /** Settings of the key that names records for readers. */
    interface OutsideIdSettings {

        /** Keys by their number; key 1 is used. Each has 32 random bytes in Base64 ({@code openssl rand -base64 32}). */
        Map<Integer, String> keys();
    }

    /** Settings of the assigner, which numbers the events of each feed. */
    interface AssignerSettings {

        /** How long a recognition may wait for its standard before it counts as overdue. */
        @WithDefault("10m")
        Duration maxWait();
    }
}
