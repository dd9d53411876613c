package org.voyage.indicators.feature.verification.recount;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Source of the newest state of each published key: the highest version, of equal versions the first. It holds one
 * topic's keys at a time.
 */
public final class LogStateSource implements StateSource {

    private final EventLogScanner log;
    private final Map<TopicPartition, Long> until;
    private final EventLogScanner.UnreadableOffsets unreadable;
    private final RecountDefinitions definitions;

    public LogStateSource(
            EventLogScanner log,
            Map<TopicPartition, Long> until,
            EventLogScanner.UnreadableOffsets unreadable,
            RecountDefinitions definitions) {
        this.log = log;
        this.until = until;
        this.unreadable = unreadable;
        this.definitions = definitions;
    }

    private record NewestState(int version, @Nullable StateFields fields) {}

    @Override
    public void forEachNewest(String record, BiConsumer<String, @Nullable StateFields> to)
            throws ProofUndecidedException {
        Map<String, NewestState> newest = new HashMap<>();
        log.scan(record, until, unreadable, published -> {
            NewestState held = newest.get(published.key());
            if (held == null || published.version() > held.version()) {
                StateFields fields = published.stateAfter().isObject()
                        ? definitions.readFields(record, published.stateAfter())
                        : null;
                newest.put(published.key(), new NewestState(published.version(), fields));
            }
        });
        newest.forEach((key, state) -> to.accept(key, state.fields()));
    }
}
