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
import org.voyage.indicators.feature.verification.trace.CellReplay;
import org.voyage.indicators.feature.verification.trace.LoggedEvent;
import org.voyage.indicators.live.LiveBatch;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.reference.Geography;
import org.voyage.kit.log.LogMessage;

/** Live figures that are rebuilt from events. */
public record RebuiltFigures(Geography geography) implements CellReplay {

    @Override
    public long computeAmount(CountedFigure figure, CellKey at, List<LoggedEvent> steps) {
        FigureCatalogue catalogue = new FigureCatalogue(List.of(figure));
        RecordLayoutRegistry layouts = new RecordLayoutRegistry(catalogue, figure.records());
        DictionaryRegistry dictionaries = new DictionaryRegistry();
        LiveFigures figures = new LiveFigures(catalogue, layouts, dictionaries, geography);
        FactReaderRegistry readers = new FactReaderRegistry(layouts, dictionaries);
        List<LiveBatch.LiveBatchItem> items = new ArrayList<>();
        for (LoggedEvent step : steps) {
            LogMessage message = step.published().message();
            try {
                items.add(new LiveBatch.LiveBatchItem(
                        message.topic(),
                        step.record(),
                        step.key(),
                        readers.readerOf(step.record()).readEvent(message)));
            } catch (UnreadableEventException e) {
                items.add(new LiveBatch.LiveBatchItem(message.topic(), step.record(), step.key(), null));
            }
        }
        figures.applyBatch(new LiveBatch(items, Map.of()));
        return FiguresSnapshot.capture(figures).nonZeroCells(figure.code()).getOrDefault(at, 0L);
    }
}
