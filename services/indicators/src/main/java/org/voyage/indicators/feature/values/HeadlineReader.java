package org.voyage.indicators.feature.values;

import jakarta.enterprise.context.RequestScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.PublicAccess;
import org.voyage.indicators.feature.completeness.CoverageCalculator;
import org.voyage.indicators.feature.completeness.CoverageCalculator.CoverageInputs;
import org.voyage.indicators.feature.release.ReleasedFigures;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.query.FigureAccessPolicy;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.HeadlineAnswer;
import org.voyage.kit.problem.Refusal;

/** Reader of the headlines of figures for the catalogue, which answers without them while it cannot count. */
@RequestScoped
class HeadlineReader {

    private final LiveFigures live;
    private final FigureCalculator figures;
    private final CoverageCalculator coverage;
    private final ReleasedFigures released;
    private final FigureAccessPolicy accessPolicy;

    HeadlineReader(
            LiveFigures live,
            FigureCalculator figures,
            CoverageCalculator coverage,
            ReleasedFigures released,
            FigureAccessPolicy accessPolicy) {
        this.live = live;
        this.figures = figures;
        this.coverage = coverage;
        this.released = released;
        this.accessPolicy = accessPolicy;
    }

    /** Returns the headlines by figure; none while the figures are loaded, or the states of years cannot be read. */
    Map<String, HeadlineAnswer> readHeadlines(Collection<Figure> asked) {
        if (!accessPolicy.areFiguresReady()) {
            return Map.of();
        }
        Map<String, CoverageInputs> inputs = live.readView(view -> {
            Map<String, CoverageInputs> all = new HashMap<>();
            asked.forEach(figure -> all.put(figure.code(), coverage.readInputs(view, figure)));
            return all;
        });
        try {
            Map<String, HeadlineAnswer> found = new HashMap<>();
            for (Figure figure : asked) {
                CoverageInputs seen = inputs.get(figure.code());
                if (seen != null) {
                    found.put(
                            figure.code(),
                            coverage.findReportedYears(figure, seen).findHeadline(figures));
                }
            }
            return found;
        } catch (Refusal.Unavailable e) {
            return Map.of();
        }
    }

    /**
     * Returns the headlines that readers outside get: those of figures of persons are of released years.
     *
     * @throws Refusal.Unavailable while the releases cannot be read
     */
    Map<String, HeadlineAnswer> readOutside(Collection<Figure> asked) {
        Map<String, HeadlineAnswer> found = new HashMap<>();
        readHeadlines(asked.stream()
                        .filter(figure -> figure.publicAccess() instanceof PublicAccess.OpenAccess)
                        .toList())
                .forEach((code, headline) -> found.put(code, headline.withoutCoverage()));
        for (Figure figure : asked) {
            if (figure instanceof CountedFigure counted
                    && figure.publicAccess() instanceof PublicAccess.ReleasedAccess) {
                found.put(figure.code(), HeadlineAnswer.ofYear(released.findHeadlineYear(counted)));
            }
        }
        return found;
    }
}
