package org.voyage.indicators.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of the figures: sources, limits, the evidence. */
@ConfigMapping(prefix = "voyage.indicators")
public interface IndicatorsConfig {

    /** Topics to read, {@code <service>.<record>}. The service waits for each topic until it exists. */
    List<String> topics();

    /** Folder with more figure definitions, or with newer versions of existing ones. */
    Optional<Path> definitions();

    /**
     * Folder with lists of colleges ({@code <list>.csv}: college, valid_from, valid_until). A file replaces the list of
     * the same name in {@code contracts/reference/college-lists}.
     */
    Optional<Path> collegeLists();

    /**
     * File of {@code contracts/reference} with all codes of a dimension; the key is the dimension, or {@code
     * record.dimension} where records differ. Other dimensions accept any code.
     */
    Map<String, String> codeLists();

    /** Maximum number of cells in one response. */
    @WithDefault("100000")
    int maxCells();

    /** Maximum time after a start that the evidence waits for the live figures to reach the end of the log. */
    @WithDefault("1m")
    Duration evidenceWaits();

    /** As-of queries. */
    AsOfConfig asOf();

    interface AsOfConfig {
        /** Maximum number of records that may have changed since a point in time, for a query over all figures. */
        @WithDefault("200000")
        int maxRecords();

        /** Maximum duration of a replay from one point in time to another, event by event. */
        @WithDefault("2m")
        Duration longest();
    }

    /** Whether a caller without a token reads the same figures as an alliance. */
    @WithName("public")
    @WithDefault("false")
    boolean isPublic();

    /** Releases: the view that external readers have of figures that count persons. */
    ReleaseConfig release();

    interface ReleaseConfig {
        /** Interval between releases of locked years; {@code off} for on demand only. */
        @WithDefault("off")
        String every();
    }

    /** Events: the changed values that readers outside see. */
    EventsConfig events();

    interface EventsConfig {
        /** Interval between searches for changed values; {@code off} to publish none. */
        @WithDefault("1m")
        String every();
    }

    /** Rehearsals: trials of a definition before it is switched on. */
    RehearsalConfig rehearsal();

    interface RehearsalConfig {}

    /** Proofs: recounts of every figure. */
    ProofConfig proof();

    interface ProofConfig {
        /** Interval between proofs; {@code off} for on demand only. */
        @WithDefault("1h")
        String every();

        /** Delay of the first proof after the start. */
        @WithDefault("1m")
        Duration first();
    }

    /** The stream of changes. */
    StreamConfig stream();

    interface StreamConfig {
        /** Silence after which the service sends a comment, so that proxies keep the connection. */
        @WithDefault("15s")
        Duration heartbeat();

        /** How long the service keeps a breakdown without watchers for clients that reconnect. */
        @WithDefault("5m")
        Duration linger();

        /** Maximum number of open streams. */
        @WithDefault("500")
        int maxClients();
    }
}
