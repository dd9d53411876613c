package org.voyage.indicators.feature.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogueLoader;
import org.voyage.indicators.feature.published.PublishedStatistic;
import org.voyage.indicators.feature.published.SampleStatistics;

class PublishedComparisonTest {

    private static final Figure FIGURE = FigureCatalogueLoader.loadCatalogue(Optional.empty())
            .findFigure("overseas-schools-share")
            .orElseThrow();

    @ParameterizedTest
    @CsvSource({
        "=, 22, 21.7391304, 22, 0, true",
        "=, 51.41, 51.4128728, 51.41, 0.00, true",
        "=, 51.41, 51.4150001, 51.42, 0.01, false",
        "=, 655, 655, 655, 0, true",
        "=, 655, 654, 654, -1, false",
        ">, 70, 70.2, 70.20, 0.20, true",
        ">, 70, 70, 70, 0, false",
        "~, 5, 5.4949, 5.49, 0.49, true",
        "~, 5, 5.5051, 5.51, 0.51, false",
    })
    void a_live_value_is_compared_at_the_precision_that_was_printed(
            String relation,
            BigDecimal published,
            BigDecimal exact,
            BigDecimal live,
            BigDecimal difference,
            boolean matches) {
        PublishedComparison comparison = PublishedComparison.of(sampleLine(relation, published), FIGURE, exact);

        assertThat(comparison.live()).isEqualTo(live);
        assertThat(comparison.difference()).isEqualTo(difference);
        assertThat(comparison.matches()).isEqualTo(matches);
    }

    @Test
    void a_value_that_is_not_there_does_not_match() {
        PublishedComparison comparison = PublishedComparison.of(sampleLine("=", BigDecimal.ONE), FIGURE, null);

        assertThat(comparison.live()).isNull();
        assertThat(comparison.matches()).isFalse();
    }

    private static PublishedStatistic sampleLine(String relation, BigDecimal value) {
        return SampleStatistics.withRelation(
                SampleStatistics.sampleLine("test", "test", "2023", value.toPlainString()), relation, "percent", "");
    }
}
