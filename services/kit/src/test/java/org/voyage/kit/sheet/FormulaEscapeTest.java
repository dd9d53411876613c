package org.voyage.kit.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaEscapeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=cmd|'/c calc'!A1",
                "+1+cmd",
                "-2+3",
                "@SUM(A1)",
                " =1",
                "|x",
                "%x",
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

    /** A program with another separator divides the text into cells. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '!',
            value = {"a;=1!a;'=1", ";=1!;'=1", "a|=1|b!a|'=1|b", "=1,@x!'=1,'@x", "a,'=1;-x!a,'=1;'-x", "x; +a!x;' +a"})
    void each_part_that_a_program_may_take_for_a_cell_is_escaped(String text, String expected) {
        assertThat(FormulaEscape.isHarmful(text)).isTrue();
        assertThat(FormulaEscape.escapeFormula(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;=1", ";=1", "\t=1", "a\r\n=1", "a\n@x", "THA|-x|=1", "=1;=2", "甲；乙,＝1"})
    void escaped_parts_come_back(String text) {
        var escaped = FormulaEscape.escapeFormula(text);
        assertThat(escaped.split("[,;|\\t\\r\\n]")).noneMatch(FormulaEscape::isFormula);
        assertThat(FormulaEscape.removeEscape(escaped)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1;-2", "THA|VNM", "a, b", "x;;y", "a;'b'", "电话：010-1234,+86"})
    void parts_that_are_no_formula_stay(String text) {
        assertThat(FormulaEscape.isHarmful(text)).isFalse();
        assertThat(FormulaEscape.escapeFormula(text)).isEqualTo(text);
        assertThat(FormulaEscape.removeEscape(text)).isEqualTo(text);
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
