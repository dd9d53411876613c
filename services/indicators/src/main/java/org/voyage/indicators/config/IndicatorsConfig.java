package org.voyage.indicators.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Configuration of this service, with its defaults. */
@ConfigMapping(prefix = "voyage.indicators")
public interface IndicatorsConfig {

    /** Topics to read, {@code <service>.<record>}; each is waited for until it exists. */
    List<String> topics();

    /** Folder with more indicator definitions, or with newer ones of the same code. */
    Optional<Path> definitions();

    /**
     * Folder with lists of colleges ({@code <list>.csv}: college, valid_from, valid_until); a file replaces the one of the
     * same name that {@code contracts/reference/college-lists} has.
     */
    Optional<Path> collegeLists();

    /**
     * Fields that hold a country; a figure with such a dimension also knows its region, sub-region and lists. Of several
     * among its dimensions the first one here counts.
     */
    @WithDefault("hostCountry,nationality,country,partnerCountry")
    List<String> countryFields();

    /**
     * Per dimension, or per {@code record.dimension} where records differ, the file of {@code contracts/reference} with
     * all its codes; others take any code.
     */
    Map<String, String> codeLists();

    /** The zone whose calendar decides what "today" is. */
    @WithDefault("Asia/Shanghai")
    ZoneId zone();

    /** How long a question with a receipt waits for its write before it answers 503. */
    @WithDefault("10s")
    Duration receiptWait();

    /** The most cells that one answer may have. */
    @WithDefault("100000")
    int maxCells();

    /** How long a poll of Kafka waits for something to arrive. */
    @WithDefault("200ms")
    Duration poll();

    /** The most events taken from Kafka at once, and so in one evidence transaction. */
    @WithDefault("10000")
    int batch();

    /** How many transactions at once write the evidence, each of partitions of its own. */
    @WithDefault("2")
    int evidenceHands();

    /** How long events that are few are gathered before a transaction writes them to the evidence. */
    @WithDefault("50ms")
    Duration evidenceGather();

    /** How long after a start the evidence waits, at most, until the live figures have reached the end of the log. */
    @WithDefault("1m")
    Duration evidenceWaits();

    /** How often new topics and partitions are looked for. */
    @WithDefault("2s")
    Duration discovery();

    /** Pause before a reader starts again after Kafka or PostgreSQL was not reachable. */
    @WithDefault("1s")
    Duration retry();

    /** Figures as they were known at a moment. */
    AsOfConfig asOf();

    interface AsOfConfig {
        /** How many of them are kept for the next question, one being a figure at a moment. */
        @WithDefault("8")
        int kept();

        /** The most facts that those that are kept may hold together. */
        @WithDefault("2000000")
        int keptFacts();

        /** The most records that may have changed since a moment at which all figures are looked at. */
        @WithDefault("200000")
        int maxRecords();

        /** How long it may take to go from one moment to another, event by event. */
        @WithDefault("2m")
        Duration longest();

        /** How long after the end of the year that it is about a new record is not yet late. */
        @WithDefault("90d")
        Duration lateAfter();
    }

    /** Whether who has no token reads what alliances read of the figures. */
    @WithName("public")
    @WithDefault("false")
    boolean isPublic();

    /** What readers outside see of figures that count persons. */
    ReleaseConfig release();

    interface ReleaseConfig {
        /** How often a release is made; {@code off} for on demand only. */
        @WithDefault("off")
        String every();

        /** How long after its end a year is settled, so that it can be released; days only. */
        @WithDefault("90d")
        Duration settled();
    }

    /** A definition tried before it is switched on. */
    RehearsalConfig rehearsal();

    interface RehearsalConfig {
        /** The most records that a figure may be made of which is counted anew for it. */
        @WithDefault("2000000")
        int maxFacts();
    }

    /** The recomputation of every figure. */
    ProofConfig proof();

    interface ProofConfig {
        /** How often every figure is recomputed and compared; {@code off} for on demand only. */
        @WithDefault("1h")
        String every();

        /** How long after the start for the first time. */
        @WithDefault("1m")
        Duration first();

        /** How long a proof waits until the evidence holds what the figures hold. */
        @WithDefault("1m")
        Duration evidenceWait();

        /** How long it may take to read one topic. */
        @WithDefault("10m")
        Duration readingTimeout();

        /** The most differing cells that a certificate tells one by one; as many of roll-ups, and as many derived values. */
        @WithDefault("100")
        int shown();

        /** The most of these whose first diverging event is looked for. */
        @WithDefault("20")
        int narrowed();
    }

    /** The stream of changes. */
    StreamConfig stream();

    interface StreamConfig {
        /**
         * Looking at what is watched takes a fifth of the time at most, averaged: it rests as soon as so much rest is due, and
         * what comes meanwhile is one change per slice.
         */
        @WithDefault("5ms")
        Duration gather();

        /** Silence after which a comment is sent, so that proxies keep the connection. */
        @WithDefault("15s")
        Duration heartbeat();

        /** Changes kept for clients that come back with {@code Last-Event-ID}, per watched breakdown. */
        @WithDefault("10000")
        int memory();

        /** How long a breakdown that nobody watches is kept for clients that come back. */
        @WithDefault("5m")
        Duration linger();

        /** The most streams open at once. */
        @WithDefault("500")
        int maxClients();
    }
}
