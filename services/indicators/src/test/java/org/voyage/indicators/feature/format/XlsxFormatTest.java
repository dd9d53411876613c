package org.voyage.indicators.feature.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class XlsxFormatTest {

    private static final String SHEET = "xl/worksheets/sheet1.xml";
    private static final Pattern NUMBERED = Pattern.compile("&#x([0-9a-f]+);");

    @Test
    void a_sheet_says_what_it_is_and_has_numbers_as_numbers() throws IOException {
        String sheet = unzipParts(XlsxFormat.writeReport(SampleReports.schoolsReport()))
                .getOrDefault(SHEET, "");

        assertThat(sheet)
                .contains("境外办学机构数", "个  schools", "2022..2022", "brand=luban-workshop")
                .contains("2026-11-24T10:00:00.123456Z", "overseas.overseas-school:0@17")
                .contains("泰国", "Thailand", "合计", "其他")
                .contains("<v>4</v>", "<v>66.67</v>", "<v>6</v>");
    }

    @Test
    void what_is_suppressed_is_empty_and_says_so() throws IOException {
        String sheet = unzipParts(XlsxFormat.writeReport(SampleReports.releasedReport()))
                .getOrDefault(SHEET, "");

        assertThat(sheet)
                .contains("发布批次 Release", "不予公布 suppressed", "<v>12</v>")
                .doesNotContain("overseas.overseas-school:0@17");
    }

    @Test
    void no_text_becomes_a_formula() throws IOException {
        ValuesReport report =
                SampleReports.reportOf(SampleReports.schoolsTable(SampleReports.valueLine("2022", "=1+1", "4", null)));

        String sheet = unzipParts(XlsxFormat.writeReport(report)).getOrDefault(SHEET, "");

        assertThat(sheet).contains("t=\"inlineStr\"", "=1+1").doesNotContain("<f>", "<f ");
    }

    @Test
    void characters_that_no_spreadsheet_can_hold_do_no_harm() throws IOException {
        ValuesReport report = SampleReports.reportOf(
                SampleReports.schoolsTable(SampleReports.valueLine("2022", "a\u0001<b>&", "4", null)));

        assertThat(unzipParts(XlsxFormat.writeReport(report)).getOrDefault(SHEET, ""))
                .doesNotContain("\u0001")
                .contains("&lt;b&gt;&amp;");
    }

    @Test
    void the_same_answer_is_the_same_bytes() {
        assertThat(XlsxFormat.writeReport(SampleReports.schoolsReport()))
                .isEqualTo(XlsxFormat.writeReport(SampleReports.schoolsReport()));
    }

    @Test
    void it_was_made_when_its_values_held() throws IOException {
        assertThat(unzipParts(XlsxFormat.writeReport(SampleReports.schoolsReport()))
                        .get("docProps/core.xml"))
                .contains(">2026-11-24T10:00:00Z</dcterms:created>");
    }

    @Test
    void several_figures_are_several_sheets() throws IOException {
        ReportTable table = SampleReports.schoolsTable(SampleReports.valueLine("2022", "THA", "4", null));

        assertThat(unzipParts(XlsxFormat.writeReport(SampleReports.reportOf(table, table))))
                .containsKeys(SHEET, "xl/worksheets/sheet2.xml");
    }

    private static Map<String, String> unzipParts(byte[] spreadsheet) throws IOException {
        Map<String, String> parts = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(spreadsheet))) {
            for (ZipEntry part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
                parts.put(part.getName(), decodeCharacters(new String(zip.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        return parts;
    }

    /** Decodes characters outside ASCII, which a sheet writes as numbers. */
    private static String decodeCharacters(String xml) {
        return NUMBERED.matcher(xml)
                .replaceAll(
                        number -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(number.group(1), 16))));
    }
}
