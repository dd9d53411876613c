package org.voyage.indicators.proof;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.live.History.Version;

/** The newest states of facts whose versions came in any order. */
final class NewestStates implements States {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Map<String, Version>> newest = new HashMap<>();
    private final Definitions definitions;

    NewestStates(List<Version> deliveries, Definitions definitions) {
        this.definitions = definitions;
        deliveries.forEach(version -> newest.computeIfAbsent(version.record(), record -> new HashMap<>())
                .merge(version.key(), version, (a, b) -> b.version() > a.version() ? b : a));
    }

    @Override
    public void newest(String record, BiConsumer<String, @Nullable Fields> to) {
        newest.getOrDefault(record, Map.of()).forEach((key, version) -> {
            byte[] after = version.after();
            try {
                to.accept(key, after == null ? null : definitions.read(record, JSON.readTree(after)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
