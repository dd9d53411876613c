package org.voyage.indicators.app;

import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.voyage.indicators.config.IndicatorsConfig;
import org.voyage.indicators.definition.DefinitionSet;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.fact.DictionaryRegistry;
import org.voyage.indicators.fact.RecordLayoutRegistry;
import org.voyage.indicators.feature.release.ReleaseTables;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kit.log.LogReaderFactory;
import org.voyage.kit.log.LogReaderFactory.LogReaderSettings;
import org.voyage.kit.log.LogTopics;
import org.voyage.kit.log.StoredLogEnds;
import org.voyage.kit.reference.ChinaTime;

/** CDI producers of the framework-free objects. */
@ApplicationScoped
class IndicatorsProducers {

    /** Events in one poll of Kafka, and so in one transaction of the evidence. */
    private static final int POLL_EVENTS = 10_000;
    /** How long few events are gathered before a transaction writes them to the evidence. */
    private static final Duration GATHER = Duration.ofMillis(50);

    private static final Duration TOPIC_DISCOVERY_INTERVAL = Duration.ofSeconds(2);

    @Produces
    @Singleton
    Clock clock() {
        return Clock.system(ChinaTime.CHINA_ZONE);
    }

    @Produces
    @Singleton
    LogTopics topics(IndicatorsConfig config) {
        return new LogTopics(config.topics());
    }

    @Produces
    @ApplicationScoped
    LogReaderFactory logs(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, LogTopics topics, StoredLogEnds stored) {
        return new LogReaderFactory(
                kafka, new LogReaderSettings(POLL_EVENTS, GATHER, TOPIC_DISCOVERY_INTERVAL), topics, stored);
    }

    @Produces
    @Singleton
    RecordLayoutRegistry layouts(
            FigureCatalogue catalogue, DefinitionSet definitions, LogTopics topics, ReferenceData reference) {
        catalogue
                .figures()
                .forEach(figure ->
                        definitions.requireKnownReferences(figure.code(), topics.records(), reference.listCodes()));
        return definitions.withLocation(() -> new RecordLayoutRegistry(catalogue, topics.records()));
    }

    @Produces
    @Singleton
    DictionaryRegistry dictionaries() {
        return new DictionaryRegistry();
    }

    @Produces
    @Singleton
    LiveFigures figures(
            FigureCatalogue catalogue,
            DefinitionSet definitions,
            RecordLayoutRegistry layouts,
            DictionaryRegistry dictionaries,
            ReferenceData reference) {
        return definitions.withLocation(() -> new LiveFigures(catalogue, layouts, dictionaries, reference.geography()));
    }

    @Produces
    @Singleton
    @Startup
    ReleaseTables tables(FigureCatalogue catalogue, DefinitionSet definitions, ReferenceData reference) {
        return definitions.withLocation(() -> new ReleaseTables(catalogue, reference));
    }
}
