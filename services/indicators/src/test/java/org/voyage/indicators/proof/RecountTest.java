package org.voyage.indicators.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.live.History;
import org.voyage.indicators.live.History.Version;
import org.voyage.indicators.live.World;

class RecountTest {

    private static final int HISTORIES = 4_000;
    private static final long SEED = 20_261_125;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void the_recount_gives_every_cell_that_the_fold_gives() throws Undecided {
        long compared = 0;
        for (int history = 0; history < HISTORIES; history++) {
            World world = new World();
            List<Version> deliveries = new History(new Random(SEED + history)).deliveries();

            world.deliver(deliveries);

            Frozen frozen = world.live.read(Frozen::of);
            Definitions definitions = new Definitions(frozen.indicators(), World.REFERENCE.geography());
            Road road = new Road(newest(deliveries, definitions), definitions);
            for (String record : definitions.records()) {
                Road.Counted counted = road.count(record);
                for (Recount recount : definitions.of(record)) {
                    String code = recount.indicator().code();
                    assertThat(recount.columns()).as(code).isEqualTo(frozen.columns(code));
                    assertThat(counted.cells().get(code))
                            .as("history %d, %s", history, code)
                            .isEqualTo(frozen.cells(code));
                    compared += frozen.cells(code).size();
                }
            }
        }
        assertThat(compared).isGreaterThan(100_000);
    }

    private static States newest(List<Version> deliveries, Definitions definitions) {
        Map<String, Map<String, Version>> newest = new HashMap<>();
        deliveries.forEach(version -> newest.computeIfAbsent(version.record(), record -> new HashMap<>())
                .merge(version.key(), version, (a, b) -> b.version() > a.version() ? b : a));
        return (record, to) -> newest.getOrDefault(record, Map.of()).forEach((key, version) -> {
            byte[] after = version.after();
            try {
                to.accept(key, after == null ? null : definitions.read(record, JSON.readTree(after)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
