package org.voyage.indicators.feature.verification.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.fact.DictionaryRegistry;
import org.voyage.indicators.fact.FactReaderRegistry;
import org.voyage.indicators.fact.RecordLayoutRegistry;
import org.voyage.indicators.fact.UnreadableEventException;
import org.voyage.indicators.feature.verification.recount.CellKey;
import org.voyage.indicators.feature.verification.trace.LiveFoldReplay;
import org.voyage.indicators.feature.verification.trace.LoggedEvent;
import org.voyage.indicators.live.LiveBatch;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.log.LogMessage;
import org.voyage.indicators.reference.Geography;

/** Fresh live fold: it replays events into new live figures. */
public record FreshLiveFold(Geography geography) implements LiveFoldReplay {

    @Override
    public long computeAmount(CountedFigure indicator, CellKey at, List<LoggedEvent> steps) {
        FigureCatalogue catalogue = new FigureCatalogue(List.of(indicator));
        RecordLayoutRegistry layouts = new RecordLayoutRegistry(catalogue, indicator.records());
        DictionaryRegistry dictionaries = new DictionaryRegistry();
        LiveFigures figures = new LiveFigures(catalogue, layouts, dictionaries, geography);
        FactReaderRegistry readers = new FactReaderRegistry(layouts, dictionaries);
        List<LiveBatch.LiveBatchItem> items = new ArrayList<>();
        for (LoggedEvent step : steps) {
            LogMessage delivery = step.published().message();
            try {
                items.add(new LiveBatch.LiveBatchItem(
                        delivery.topic(),
                        step.record(),
                        step.key(),
                        readers.readerOf(step.record()).readEvent(delivery.key(), delivery.value())));
            } catch (UnreadableEventException e) {
                items.add(new LiveBatch.LiveBatchItem(delivery.topic(), step.record(), step.key(), null));
            }
        }
        figures.applyBatch(new LiveBatch(items, Map.of()));
        return FiguresSnapshot.takeFrom(figures).nonZeroCells(indicator.code()).getOrDefault(at, 0L);
    }
}
