package org.voyage.indicators.feature.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFormatTest {

    @Test
    void a_line_has_codes_names_and_numbers() {
        assertThat(writeText(SampleReports.schoolsReport())).isEqualTo("""
                        figure,figureZh,figureEn,year,kind,hostCountry,hostCountryZh,hostCountryEn,value,share,status,unit,filters
                        overseas-schools,境外办学机构数,Overseas schools,2022,value,THA,泰国,Thailand,4,66.67,,schools,brand=luban-workshop
                        overseas-schools,境外办学机构数,Overseas schools,2022,others,,其他,Others,2,33.33,,schools,brand=luban-workshop
                        overseas-schools,境外办学机构数,Overseas schools,2022,total,,合计,Total,6,,,schools,brand=luban-workshop
                        """.replace("\n", "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
    void a_code_never_becomes_a_formula(String code) {
        String text = writeText(
                SampleReports.reportOf(SampleReports.schoolsTable(SampleReports.valueLine("2022", code, "4", null))));

        assertThat(text).contains("'" + code.charAt(0)).doesNotContain("," + code, "\"" + code);
    }

    @Test
    void what_is_suppressed_is_empty_and_says_so() {
        assertThat(writeText(SampleReports.releasedReport()))
                .contains(",value,share,status,unit,filters\r\n")
                .contains(",Thailand,,,suppressed,schools,")
                .contains(",Total,12,,,schools,");
    }

    @Test
    void a_number_below_zero_stays_a_number() {
        assertThat(writeText(SampleReports.reportOf(
                        SampleReports.schoolsTable(SampleReports.valueLine("2022", "THA", "-3.50", null)))))
                .contains(",Thailand,-3.50,,");
    }

    @Test
    void commas_quotes_and_line_breaks_are_quoted() {
        assertThat(writeText(SampleReports.reportOf(
                        SampleReports.schoolsTable(SampleReports.valueLine("2022", "a,\"b\"\nc", "4", null)))))
                .contains(",\"a,\"\"b\"\"\nc\",");
    }

    private static String writeText(ValuesReport report) {
        return new String(CsvFormat.writeReport(report), StandardCharsets.UTF_8);
    }
}
