package org.voyage.indicators.proof;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The newest state of each key among all that was published: of two versions the higher, of two equal ones the first. Holds
 * one topic's keys at a time.
 */
final class LogStates implements States {

    private final PublishedLog log;
    private final Map<TopicPartition, Long> until;
    private final PublishedLog.Unreadable unreadable;
    private final Definitions definitions;

    LogStates(
            PublishedLog log,
            Map<TopicPartition, Long> until,
            PublishedLog.Unreadable unreadable,
            Definitions definitions) {
        this.log = log;
        this.until = until;
        this.unreadable = unreadable;
        this.definitions = definitions;
    }

    private record Newest(int version, @Nullable Fields fields) {}

    @Override
    public void newest(String record, BiConsumer<String, @Nullable Fields> to) throws Undecided {
        Map<String, Newest> newest = new HashMap<>();
        log.read(record, until, unreadable, published -> {
            Newest held = newest.get(published.key());
            if (held == null || published.version() > held.version()) {
                Fields fields = published.after().isObject() ? definitions.read(record, published.after()) : null;
                newest.put(published.key(), new Newest(published.version(), fields));
            }
        });
        newest.forEach((key, state) -> to.accept(key, state.fields()));
    }
}
