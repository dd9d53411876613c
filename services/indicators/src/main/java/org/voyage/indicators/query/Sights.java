package org.voyage.indicators.query;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.asof.DefinitionsThen;
import org.voyage.indicators.asof.KnownFigures;
import org.voyage.indicators.asof.ReferenceThen;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.evidence.Knowledge;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.problem.Refusal;

/** Finds out when a question is asked for. */
@ApplicationScoped
public class Sights {

    public static final String AS_OF = "asOf";

    private final LiveFigures live;
    private final Figures figures;
    private final Knowledge knowledge;
    private final KnownFigures known;
    private final Catalogue catalogue;
    private final DefinitionsThen definitions;
    private final ReferenceThen reference;
    private final Clock clock;

    Sights(
            LiveFigures live,
            Figures figures,
            Knowledge knowledge,
            KnownFigures known,
            Catalogue catalogue,
            DefinitionsThen definitions,
            ReferenceThen reference,
            Clock clock) {
        this.live = live;
        this.figures = figures;
        this.knowledge = knowledge;
        this.known = known;
        this.catalogue = catalogue;
        this.definitions = definitions;
        this.reference = reference;
        this.clock = clock;
    }

    public Sight now() {
        return new Sight(() -> live, figures);
    }

    /** The day on which somebody stands who looks at what was known then; null is now. */
    public LocalDate today(@Nullable Horizon horizon) {
        return LocalDate.now(horizon == null ? clock : fixed(horizon));
    }

    /** What was known at the moment that {@code asOf} names; null is now. */
    public @Nullable Horizon horizon(Map<String, List<String>> parameters) {
        Instant moment = asOf(parameters);
        return moment == null ? null : horizon(AS_OF, moment);
    }

    /**
     * The moment that {@code asOf} names; null is now.
     *
     * @throws Refusal.Malformed when it is no moment, names two, or a receipt stands beside it
     */
    public static @Nullable Instant asOf(Map<String, List<String>> parameters) {
        Instant moment = moment(AS_OF, parameters);
        if (moment != null
                && !parameters.getOrDefault(Receipts.PARAMETER, List.of()).isEmpty()) {
            throw Wrong.of(
                    AS_OF,
                    "as-of-receipt",
                    "A receipt asks for a write of now, asOf for a moment that has passed; leave one of them out.",
                    "回执针对当前写入，asOf 针对过去时刻，二者不能同时使用。");
        }
        return moment;
    }

    /** The figures as they are defined, or as they were then; null is now. What cannot be read any more is not there. */
    public Catalogue defined(@Nullable Horizon horizon) {
        return horizon == null ? catalogue : definitions.at(horizon.moment());
    }

    /**
     * The figure as it was defined then.
     *
     * @param otherwise what stands for a definition that cannot be read any more
     */
    public Figure defined(Figure otherwise, Horizon horizon) {
        return defined(horizon).find(otherwise.code()).orElse(otherwise);
    }

    /** The figure as it was known then; built when it is first looked at. */
    public Sight of(Figure indicator, Horizon horizon) {
        return new Sight(() -> known.of(indicator, horizon), figuresOn(horizon));
    }

    /** Answers as somebody who stands on the day of that moment and has the lists and regions of then. */
    public Figures figuresOn(Horizon horizon) {
        return figures.on(fixed(horizon)).by(reference.at(horizon.moment()));
    }

    private Clock fixed(Horizon horizon) {
        return Clock.fixed(horizon.moment(), clock.getZone());
    }

    /** @throws Refusal.Malformed when a parameter is no moment, or names two */
    public static @Nullable Instant moment(String parameter, Map<String, List<String>> parameters) {
        List<String> texts = parameters.getOrDefault(parameter, List.of());
        if (texts.size() > 1) {
            throw Wrong.of(parameter, "repeated", "There can be one moment.", "只能有一个时刻。");
        }
        return texts.isEmpty() ? null : QueryParameters.parseInstant(parameter, texts.getFirst());
    }

    /**
     * What was known at a moment; null is now.
     *
     * @throws Refusal.Malformed when it has not come yet
     */
    public Horizon horizon(String parameter, @Nullable Instant moment) {
        try {
            return knowledge
                    .at(moment)
                    .orElseThrow(
                            () -> Wrong.of(parameter, "moment-future", "This moment has not come yet.", "该时刻尚未到来。"));
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    /** The last moment at which nothing was known here; now where nothing is known yet. */
    public Horizon beginning() {
        try {
            return horizon(AS_OF, knowledge.beginning().orElse(null));
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }
}
