package org.voyage.kit.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaEscapeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=cmd|'/c calc'!A1",
                "+1+cmd",
                "-2+3",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                " =1",
                "＝1+1",
                "＋1",
                "－1",
                "＠SUM(A1)",
                "　=1"
            })
    void a_formula_becomes_text_and_comes_back(String formula) {
        var escaped = FormulaEscape.escapeFormula(formula);
        assertThat(escaped).isEqualTo("'" + formula);
        assertThat(FormulaEscape.isFormula(escaped)).isFalse();
        assertThat(FormulaEscape.removeEscape(escaped)).isEqualTo(formula);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=1", "鲁班", "'quoted'", "12", "'"})
    void other_texts_stay(String text) {
        assertThat(FormulaEscape.escapeFormula(text)).isEqualTo(text);
        assertThat(FormulaEscape.removeEscape(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "+86", "-0.5"})
    void a_number_does_no_harm(String number) {
        assertThat(FormulaEscape.isHarmful(number)).isFalse();
    }
}
