package org.voyage.indicators.feature.verification.recount;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.live.RecordHistory.HistoryVersion;

/** State source in memory: the newest states of facts whose versions came in any order. */
public final class InMemoryStateSource implements StateSource {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Map<String, HistoryVersion>> newest = new HashMap<>();
    private final RecountDefinitions definitions;

    public InMemoryStateSource(List<HistoryVersion> deliveries, RecountDefinitions definitions) {
        this.definitions = definitions;
        deliveries.forEach(version -> newest.computeIfAbsent(version.record(), record -> new HashMap<>())
                .merge(version.key(), version, (a, b) -> b.version() > a.version() ? b : a));
    }

    @Override
    public void forEachNewest(String record, BiConsumer<String, @Nullable StateFields> to) {
        newest.getOrDefault(record, Map.of()).forEach((key, version) -> {
            byte[] after = version.stateJson();
            try {
                to.accept(key, after == null ? null : definitions.readFields(record, JSON.readTree(after)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
