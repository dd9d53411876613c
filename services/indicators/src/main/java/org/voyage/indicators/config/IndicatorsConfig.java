package org.voyage.indicators.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
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
     * Fields that hold a country. A figure with such a dimension also has its region, sub-region and lists. If several
     * of its dimensions hold a country, the first in this list decides.
     */
    @WithDefault("hostCountry,nationality,country,partnerCountry")
    List<String> countryFields();

    /**
     * File of {@code contracts/reference} with all codes of a dimension; the key is the dimension, or {@code
     * record.dimension} where records differ. Other dimensions accept any code.
     */
    Map<String, String> codeLists();

    /** The zone whose calendar decides what "today" is. */
    @WithDefault("Asia/Shanghai")
    ZoneId zone();

    /** How long a request with a receipt waits for its write before the service answers 503. */
    @WithDefault("10s")
    Duration receiptWait();

    /** Maximum number of cells in one response. */
    @WithDefault("100000")
    int maxCells();

    /** How long a poll of Kafka waits for events. */
    @WithDefault("200ms")
    Duration poll();

    /** Maximum number of events in one poll of Kafka, and so in one evidence transaction. */
    @WithDefault("10000")
    int batch();

    /** Number of parallel transactions that write the evidence; each has its own partitions. */
    @WithDefault("2")
    int evidenceHands();

    /** How long the service collects a small number of events before a transaction writes them to the evidence. */
    @WithDefault("50ms")
    Duration evidenceGather();

    /** Maximum time after a start that the evidence waits for the live figures to reach the end of the log. */
    @WithDefault("1m")
    Duration evidenceWaits();

    /** Interval of the search for new topics and partitions. */
    @WithDefault("2s")
    Duration discovery();

    /** Pause before a log reader restarts after Kafka or PostgreSQL was not reachable. */
    @WithDefault("1s")
    Duration retry();

    /** As-of queries. */
    AsOfConfig asOf();

    interface AsOfConfig {
        /** Number of cached figures; an entry is one figure at one point in time. */
        @WithDefault("8")
        int kept();

        /** Maximum number of facts that all cached figures hold together. */
        @WithDefault("2000000")
        int keptFacts();

        /** Maximum number of records that may have changed since a point in time, for a query over all figures. */
        @WithDefault("200000")
        int maxRecords();

        /** Maximum duration of a replay from one point in time to another, event by event. */
        @WithDefault("2m")
        Duration longest();

        /** How long after the end of its year a new record is not yet late. */
        @WithDefault("90d")
        Duration lateAfter();
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

        /** How long after its end a year is settled and can be released; days only. */
        @WithDefault("90d")
        Duration settled();
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

    interface RehearsalConfig {
        /** Maximum number of records of a figure that a rehearsal counts again. */
        @WithDefault("2000000")
        int maxFacts();
    }

    /** Proofs: recounts of every figure. */
    ProofConfig proof();

    interface ProofConfig {
        /** Interval between proofs; {@code off} for on demand only. */
        @WithDefault("1h")
        String every();

        /** Delay of the first proof after the start. */
        @WithDefault("1m")
        Duration first();

        /** How long a proof waits until the evidence holds the events of the live figures. */
        @WithDefault("1m")
        Duration evidenceWait();

        /** Maximum time to read one topic. */
        @WithDefault("10m")
        Duration readingTimeout();

        /**
         * Maximum number of differing cells that a certificate lists; the same limit applies to derived values.
         */
        @WithDefault("100")
        int shown();

        /** Maximum number of listed cells for which a proof locates the first diverging event. */
        @WithDefault("50")
        int narrowed();
    }

    /** The stream of changes. */
    StreamConfig stream();

    interface StreamConfig {
        /**
         * Rest time that may be due before the stream rests. Evaluation of the watched breakdowns takes at most a
         * fifth of the time on average. Changes during the rest are merged into one change per slice.
         */
        @WithDefault("5ms")
        Duration gather();

        /** Silence after which the service sends a comment, so that proxies keep the connection. */
        @WithDefault("15s")
        Duration heartbeat();

        /** Number of changes kept per watched breakdown for clients that reconnect with {@code Last-Event-ID}. */
        @WithDefault("10000")
        int memory();

        /** Memory for the changes of all watched breakdowns; those with most bytes forget first. */
        @WithDefault("32M")
        MemorySize memoryBytes();

        /** How long a client may take nothing of what is sent before its connection is closed. */
        @WithDefault("1m")
        Duration stalled();

        /** How long the service keeps a breakdown without watchers for clients that reconnect. */
        @WithDefault("5m")
        Duration linger();

        /** Maximum number of open streams. */
        @WithDefault("500")
        int maxClients();
    }
}
