package org.voyage.indicators.feature.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.definition.Unit;
import org.voyage.indicators.feature.completeness.CoverageCalculator.ComparedYears;

class ComparedYearsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 27);
    private static final Figure COUNT = derivedFigure(new DerivationRule.SumRule(List.of()));

    @Test
    void each_year_is_compared_with_the_base_year_of_the_figure() {
        assertThat(ComparedYears.ofRange(COUNT, 2021, 2023, TODAY))
                .isEqualTo(new ComparedYears(List.of(2021, 2022, 2023), 1, 2021, 2026));
        assertThat(ComparedYears.ofRange(derivedFigure(new DerivationRule.ChangeRule(COUNT, 2)), 2021, 2023, TODAY))
                .isEqualTo(new ComparedYears(List.of(2021, 2022, 2023), 2, 2021, 2026));
    }

    private static Figure derivedFigure(DerivationRule rule) {
        LocalizedText text = new LocalizedText("测试", "Test");
        return new DerivedFigure("test", 1, text, new Unit("things", "个", "things"), rule, List.of(), List.of(), text);
    }
}
