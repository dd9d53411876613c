package org.voyage.indicators.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.completeness.Coverage.Compared;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Rule;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.indicator.Unit;

class ComparedTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 27);
    private static final Figure COUNT = derived(new Rule.Sum(List.of()));

    @Test
    void each_year_is_beside_the_one_that_the_figure_goes_back_to() {
        assertThat(Compared.range(COUNT, 2021, 2023, TODAY))
                .isEqualTo(new Compared(List.of(2021, 2022, 2023), 1, 2021, 2026));
        assertThat(Compared.range(derived(new Rule.Change(COUNT, 2)), 2021, 2023, TODAY))
                .isEqualTo(new Compared(List.of(2021, 2022, 2023), 2, 2021, 2026));
    }

    private static Figure derived(Rule rule) {
        Text text = new Text("测试", "Test");
        return new Derived("test", 1, text, new Unit("things", "个", "things"), rule, List.of(), List.of(), text);
    }
}
