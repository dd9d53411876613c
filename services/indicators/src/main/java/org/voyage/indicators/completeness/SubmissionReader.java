package org.voyage.indicators.completeness;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.evidence.Progress;
import org.voyage.indicators.intake.Delivery;
import org.voyage.indicators.intake.Follower;
import org.voyage.indicators.intake.LogReader;
import org.voyage.indicators.intake.LogReaders;
import org.voyage.indicators.intake.Topics;
import org.voyage.indicators.intake.UnreadableEvent;
import org.voyage.kit.database.JdbcClient;

/** Follows what every service tells besides its records, each event stored once. */
@ApplicationScoped
public class SubmissionReader {

    private static final Logger LOG = Logger.getLogger(SubmissionReader.class);

    private final Progress progress;
    private final LogReaders logs;
    private final Topics topics;
    private final Follower<LogReader.Chunk> follower;
    private Map<TopicPartition, Long> next = Map.of();

    SubmissionReader(Progress progress, LogReaders logs, Topics topics, IndicatorsConfig config) {
        this.progress = progress;
        this.logs = logs;
        this.topics = topics.ofSubmissions();
        this.follower = new Follower<>("submissions", new Work(), config.poll(), config.retry(), 1);
    }

    void start(@Observes StartupEvent event) {
        follower.start();
    }

    void stop(@Observes ShutdownEvent event) {
        follower.stop();
    }

    private final class Work implements Follower.Work<LogReader.Chunk> {

        @Override
        public LogReader open() {
            next = progress.next();
            return logs.open(topics, partition -> next.getOrDefault(partition, LogReader.FROM_BEGINNING));
        }

        @Override
        public LogReader.Chunk read(LogReader.Chunk chunk, LogReader reader) {
            return chunk;
        }

        @Override
        public void take(LogReader.Chunk chunk) throws Progress.Behind {
            if (!chunk.isEmpty()) {
                progress.step(next, chunk.next(), database -> {
                    List<Delivery> newest = new ArrayList<>();
                    for (Delivery delivery : chunk.deliveries()) {
                        if (keep(database, delivery)) {
                            newest.add(delivery);
                        }
                    }
                    Progress.heal(database, newest);
                });
                Map<TopicPartition, Long> moved = new HashMap<>(next);
                moved.putAll(chunk.next());
                next = moved;
            }
        }
    }

    /** @return whether it is the newest word about its key */
    private static boolean keep(JdbcClient database, Delivery delivery) {
        try {
            Told told = Told.read(delivery);
            return told == null || SubmissionWriter.keep(database, told);
        } catch (UnreadableEvent e) {
            LOG.warnf("set aside an event of %s: %s", delivery.topic(), e.reason());
            Progress.setAside(database, delivery, e.reason());
            return false;
        }
    }
}
