package org.voyage.indicators.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.intake.Delivery;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.Layouts;
import org.voyage.indicators.intake.UnreadableEvent;
import org.voyage.indicators.live.LiveBatch;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.reference.Geography;

/** The fold of the live figures, begun anew. */
record FreshFold(Geography geography) implements Fold {

    @Override
    public long amount(Indicator indicator, At at, List<Step> steps) {
        Catalogue catalogue = new Catalogue(List.of(indicator));
        Layouts layouts = new Layouts(catalogue, indicator.records());
        Dictionaries dictionaries = new Dictionaries();
        LiveFigures figures = new LiveFigures(catalogue, layouts, dictionaries, geography);
        FactReaders readers = new FactReaders(layouts, dictionaries);
        List<LiveBatch.Item> items = new ArrayList<>();
        for (Step step : steps) {
            Delivery delivery = step.published().delivery();
            try {
                items.add(new LiveBatch.Item(
                        delivery.topic(),
                        step.record(),
                        step.key(),
                        readers.of(step.record()).read(delivery.key(), delivery.value())));
            } catch (UnreadableEvent e) {
                items.add(new LiveBatch.Item(delivery.topic(), step.record(), step.key(), null));
            }
        }
        figures.apply(new LiveBatch(items, Map.of()));
        return Frozen.of(figures).cells(indicator.code()).getOrDefault(at, 0L);
    }
}
