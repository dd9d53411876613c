package org.voyage.feeds.app;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.voyage.feeds.assigner.AssignerConfig;
import org.voyage.feeds.assigner.FeedAssigner;
import org.voyage.feeds.record.RecordEventParser;
import org.voyage.feeds.record.RecordPseudonym;
import org.voyage.kit.log.LogReaderFactory;
import org.voyage.kit.log.LogReaderFactory.LogReaderSettings;
import org.voyage.kit.log.LogTopics;
import org.voyage.kit.log.StoredLogEnds;
import org.voyage.kit.reference.ChinaTime;
import org.voyage.kit.secret.ConfiguredKeys;

/** CDI producers of the framework-free objects. */
@ApplicationScoped
class FeedsProducers {

    private static final int OUTSIDE_ID_KEY = 1;
    private static final Duration TOPIC_DISCOVERY_INTERVAL = Duration.ofSeconds(2);
    private static final Duration GATHER = Duration.ofMillis(1);

    @Produces
    @Singleton
    Clock clock() {
        return Clock.system(ChinaTime.CHINA_ZONE);
    }

    @Produces
    @Singleton
    LogTopics topics(AssignerConfig config) {
        return new LogTopics(config.topics());
    }

    @Produces
    @ApplicationScoped
    LogReaderFactory logs(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, LogTopics topics, StoredLogEnds stored) {
        return new LogReaderFactory(
                kafka,
                new LogReaderSettings(FeedAssigner.STEP_MESSAGES, GATHER, TOPIC_DISCOVERY_INTERVAL),
                topics,
                stored);
    }

    @Produces
    @Singleton
    RecordPseudonym outsideIds(AssignerConfig config) {
        ConfiguredKeys keys = new ConfiguredKeys(
                "voyage.feeds.outside-id.keys", config.outsideId().keys(), OUTSIDE_ID_KEY);
        keys.requireProductionKeys();
        return new RecordPseudonym(Objects.requireNonNull(keys.bytesByNumber().get(keys.primary())));
    }

    @Produces
    @Singleton
    RecordEventParser parser(RecordPseudonym outsideIds) {
        return new RecordEventParser(outsideIds);
    }
}
