package org.voyage.indicators.values;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.Found;
import org.voyage.indicators.query.ListMoment;
import org.voyage.indicators.query.Period;

/**
 * What the last questions came to. A dashboard asks the same ones again and again: as long as nothing was added to the
 * cells that they were counted from, and it is the same day, they are not counted anew. Events that move other figures
 * only move the position that an answer names.
 */
@ApplicationScoped
class Remembered {

    /** The most values of all answers: some 15 MB. */
    private static final int MAX_CELLS = 50_000;
    /** Each answer counts as so many values at least, so there are at most 500. */
    private static final int MIN_CELLS = 100;

    private final Figures figures;
    private final Cache<Key, Held> answers = Caffeine.newBuilder()
            .maximumWeight(MAX_CELLS)
            .weigher((Key key, Held held) -> Math.max(MIN_CELLS, held.size()))
            .executor(Runnable::run)
            .build();

    Remembered(Figures figures) {
        this.figures = figures;
    }

    private record Key(
            String figure,
            List<By> by,
            Map<String, Set<String>> filters,
            List<ListMoment> lists,
            Period period,
            Wanted wanted,
            Optional<String> province,
            LocalDate today) {}

    private record Held(Counted counted, Found found) {
        int size() {
            return counted.cells().size() + counted.whole().size();
        }
    }

    /** @param province the only province whose own values may appear; empty when all may */
    Counted counted(Cut cut, FigureQuery query, Wanted wanted, Optional<String> province) {
        Key key = new Key(
                query.indicator().code(),
                query.by(),
                query.filters(),
                query.lists(),
                query.period(),
                wanted,
                province,
                figures.today());
        Held before = answers.getIfPresent(key);
        if (before != null && before.found().standsIn(cut, query.indicator())) {
            return before.counted().at(cut);
        }
        Counted counted = Counted.in(cut, query, wanted, figures, province);
        answers.put(key, new Held(counted, Found.in(cut, query.indicator())));
        return counted;
    }
}
