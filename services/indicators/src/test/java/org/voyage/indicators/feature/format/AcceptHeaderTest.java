package org.voyage.indicators.feature.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptHeaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "*/* > JSON",
                "application/* > JSON",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 > JSON",
                "text/csv > CSV",
                "TEXT/CSV ; charset=utf-8 > CSV",
                "text/csv, */* > CSV",
                "application/json, text/csv;q=0.9 > JSON",
                "application/json;q=0.5, text/csv;q=0.9 > CSV",
                "text/csv, application/json > CSV",
                "*/*, application/json;q=0 > CSV",
                "application/vnd.sdmx.data+csv > SDMX_CSV",
                "application/vnd.sdmx.data+csv; version=2.0.0 > SDMX_CSV",
                "application/vnd.sdmx.data+csv;version=\"2.0.0\";labels=id > SDMX_CSV",
                "application/vnd.sdmx.data+json;version=2.0.0, application/json;q=0.1 > SDMX_JSON",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet > XLSX",
                "nonsense, text/csv > CSV",
            })
    void the_format_is_the_one_that_suits_best(String header, ReportFormat format) {
        assertThat(AcceptHeader.of(header).chooseFormat()).contains(format);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "application/vnd.sdmx.data+csv;version=1.0.0",
                "application/vnd.sdmx.data+json;version=1.0.0",
                "*/*;q=0",
                "application/json;q=0.0",
                "nonsense",
                "*",
                ",",
                "/",
                "text/",
            })
    void what_is_not_offered_is_not_given(String header) {
        assertThat(AcceptHeader.of(header).chooseFormat()).isEmpty();
    }

    @Test
    void who_does_not_say_gets_json() {
        assertThat(AcceptHeader.of(null).chooseFormat()).contains(ReportFormat.JSON);
        assertThat(AcceptHeader.of(" ").chooseFormat()).contains(ReportFormat.JSON);
    }
}
