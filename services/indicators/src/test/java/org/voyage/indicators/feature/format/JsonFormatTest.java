package org.voyage.indicators.feature.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonFormatTest {

    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

    @Test
    void the_status_of_a_value_never_replaces_the_code_of_the_dimension_status() throws IOException {
        JsonNode line = writeItem(Map.of("status", "open"));

        assertThat(line.path("status").asText()).isEqualTo("open");
        assertThat(line.path("valueStatus").asText()).isEqualTo("not-reported");
        assertThat(line.path("lastReported").asInt()).isEqualTo(2020);
    }

    @Test
    void a_value_without_that_dimension_has_its_status_under_status() throws IOException {
        JsonNode line = writeItem(Map.of("hostCountry", "THA"));

        assertThat(line.path("status").asText()).isEqualTo("not-reported");
        assertThat(line.has("valueStatus")).isFalse();
    }

    private static JsonNode writeItem(Map<String, String> codes) throws IOException {
        ReportLine line = new ReportLine(ReportLine.LineKind.VALUE, codes, null, null, 1).asNotReported(2020);
        return JSON.readTree(new JsonFormat(JSON).writeSingle(SampleReports.reportOf(SampleReports.schoolsTable(line))))
                .at("/items/0");
    }
}
