package org.voyage.indicators.query;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.evidence.checkpoint.CheckpointHistory;
import org.voyage.indicators.history.AsOfFigures;
import org.voyage.indicators.history.DefinitionHistory;
import org.voyage.indicators.history.ReferenceHistory;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.problem.Refusal;

/** Resolver of the point in time of an as-of query. */
@ApplicationScoped
public class AsOfViewResolver {

    public static final String AS_OF = "asOf";

    private final LiveFigures live;
    private final FigureCalculator figures;
    private final CheckpointHistory knowledge;
    private final AsOfFigures asOfFigures;
    private final FigureCatalogue catalogue;
    private final DefinitionHistory definitions;
    private final ReferenceHistory reference;
    private final Clock clock;

    AsOfViewResolver(
            LiveFigures live,
            FigureCalculator figures,
            CheckpointHistory knowledge,
            AsOfFigures known,
            FigureCatalogue catalogue,
            DefinitionHistory definitions,
            ReferenceHistory reference,
            Clock clock) {
        this.live = live;
        this.figures = figures;
        this.knowledge = knowledge;
        this.asOfFigures = known;
        this.catalogue = catalogue;
        this.definitions = definitions;
        this.reference = reference;
        this.clock = clock;
    }

    public AsOfView liveView() {
        return new AsOfView(() -> live, figures);
    }

    /** Returns the day of a checkpoint; null is now. */
    public LocalDate todayAt(@Nullable Checkpoint checkpoint) {
        return LocalDate.now(checkpoint == null ? clock : fixedClock(checkpoint));
    }

    /** Returns the checkpoint at the time of {@code asOf}; null is now. */
    public @Nullable Checkpoint checkpointOf(Map<String, List<String>> parameters) {
        Instant moment = parseAsOf(parameters);
        return moment == null ? null : checkpointOf(AS_OF, moment);
    }

    /**
     * Parses the point in time of {@code asOf}; null is now.
     *
     * @throws Refusal.Malformed when the value is no point in time, occurs twice, or is combined with a receipt
     */
    public static @Nullable Instant parseAsOf(Map<String, List<String>> parameters) {
        Instant moment = parseInstant(AS_OF, parameters);
        if (moment != null
                && !parameters
                        .getOrDefault(ReceiptAwaiter.RECEIPT_PARAMETER, List.of())
                        .isEmpty()) {
            throw QueryRefusals.malformed(
                    AS_OF,
                    "as-of-receipt",
                    "A receipt asks for a current write, asOf for a moment that has passed; leave one of them out.",
                    "回执针对当前写入，asOf 针对过去时刻，二者不能同时使用。");
        }
        return moment;
    }

    /**
     * Returns the figures with the definitions at a checkpoint; null is now. Definitions that are no longer valid are
     * missing.
     */
    public FigureCatalogue catalogueAt(@Nullable Checkpoint checkpoint) {
        return checkpoint == null ? catalogue : definitions.catalogueAt(checkpoint.time());
    }

    /**
     * Returns the figure as it was defined at a checkpoint.
     *
     * @param otherwise replacement for a definition that is no longer valid
     */
    public Figure definitionAt(Figure otherwise, Checkpoint checkpoint) {
        return catalogueAt(checkpoint).findFigure(otherwise.code()).orElse(otherwise);
    }

    /** Returns the view of a figure as it was known; the first access builds the figure. */
    public AsOfView viewOf(Figure figure, Checkpoint checkpoint) {
        return new AsOfView(() -> asOfFigures.figureAt(figure, checkpoint), calculatorAt(checkpoint));
    }

    /** Returns a calculator with the day, lists and regions of the checkpoint. */
    public FigureCalculator calculatorAt(Checkpoint checkpoint) {
        return figures.withClock(fixedClock(checkpoint)).withReference(reference.referenceAt(checkpoint.time()));
    }

    private Clock fixedClock(Checkpoint checkpoint) {
        return Clock.fixed(checkpoint.time(), clock.getZone());
    }

    /** @throws Refusal.Malformed when the parameter is no point in time, or occurs twice */
    public static @Nullable Instant parseInstant(String parameter, Map<String, List<String>> parameters) {
        List<String> texts = parameters.getOrDefault(parameter, List.of());
        if (texts.size() > 1) {
            throw QueryRefusals.malformed(parameter, "repeated", "There can be one moment.", "只能有一个时刻。");
        }
        return texts.isEmpty() ? null : QueryParameters.parseInstant(parameter, texts.getFirst());
    }

    /**
     * Returns the checkpoint at a point in time; null is now.
     *
     * @throws Refusal.Malformed when the time is in the future
     */
    public Checkpoint checkpointOf(String parameter, @Nullable Instant moment) {
        try {
            return knowledge
                    .findCheckpointAt(moment)
                    .orElseThrow(() -> QueryRefusals.malformed(
                            parameter, "moment-future", "This moment has not come yet.", "该时刻尚未到来。"));
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    /** Returns the last checkpoint before the first event; the current one where no event is stored yet. */
    public Checkpoint firstCheckpoint() {
        try {
            return checkpointOf(AS_OF, knowledge.findBeginning().orElse(null));
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }
}
