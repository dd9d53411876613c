package org.voyage.indicators.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.indicator.PeriodRule.Stock;

class IndicatorReaderTest {

    private static final String PERIOD = "period: { kind: stock, from: decidedOn, until: [expiresOn, revokedOn] }\n";
    private static final String EXCEPT = "except: { country: [CHN, HKG] }\n";

    @Test
    void what_a_fact_must_not_have_is_read() {
        assertThat(read(PERIOD + EXCEPT).except()).isEqualTo(Map.of("country", Set.of("CHN", "HKG")));
    }

    @Test
    void a_definition_without_except_excludes_nothing() {
        assertThat(read(PERIOD).except()).isEmpty();
    }

    @Test
    void an_except_without_values_is_refused() {
        assertThatThrownBy(() -> read(PERIOD + "except: { country: [] }\n"))
                .isInstanceOf(BadDefinition.class)
                .hasMessage("test.yaml:10: except.country must be a list with at least one element");
    }

    @Test
    void a_stock_may_end_in_several_ways() {
        assertThat(read(PERIOD).period()).isEqualTo(new Stock("decidedOn", List.of("expiresOn", "revokedOn")));
    }

    private static Indicator read(String more) {
        return (Indicator)
                new Definition("test.yaml", ("""
                code: test
                version: 1
                name: { zh: 测试, en: Test }
                unit: { code: things, zh: 个, en: things }
                record: recognition
                measure: { kind: count }
                dimensions: [province, country]
                derivation: { zh: 测试, en: Test }
                """ + more).getBytes(StandardCharsets.UTF_8)).figure((code, bad) -> {
                    throw bad.because("is not looked for");
                });
    }
}
