package org.voyage.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules for the dashboards that hold without a Grafana. */
class GrafanaDashboardTest {

    private static final Path PROJECT = Path.of("../..");
    private static final Pattern METER_NAME = Pattern.compile("\"(voyage(?:\\.[a-z]+)+)\"");
    /** What Prometheus's registry appends to the name of a counter, timer or gauge. */
    private static final String ENDINGS = "(_total|_seconds|_seconds_(sum|count|max))?";

    @Test
    void each_dashboard_and_each_panel_has_an_id_of_its_own_and_its_place() throws IOException {
        List<GrafanaDashboard> dashboards = GrafanaDashboard.readAll();
        assertThat(dashboards).hasSizeGreaterThanOrEqualTo(2);
        assertThat(dashboards)
                .extracting(dashboard -> dashboard.content().path("uid").asText())
                .doesNotHaveDuplicates()
                .allMatch(uid -> uid.matches("[a-z-]{8,40}"));
        for (GrafanaDashboard dashboard : dashboards) {
            Set<Integer> ids = new TreeSet<>();
            Set<String> places = new TreeSet<>();
            for (JsonNode panel : dashboard.content().path("panels")) {
                String title = dashboard.file() + " " + panel.path("title").asText();
                assertThat(ids.add(panel.path("id").intValue())).as(title).isTrue();
                JsonNode place = panel.path("gridPos");
                int right = place.path("x").intValue() + place.path("w").intValue();
                assertThat(right).as(title).isBetween(1, 24);
                assertThat(places.add(place.path("x") + "," + place.path("y")))
                        .as(title)
                        .isTrue();
                assertThat(panel.path("targets").findValuesAsText("refId"))
                        .as(title)
                        .isNotEmpty()
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void each_question_goes_to_the_provisioned_source() throws IOException {
        String sources = Files.readString(GrafanaDashboard.FOLDER.resolve("provisioning/datasources/voyage.yml"));
        for (GrafanaDashboard dashboard : GrafanaDashboard.readAll()) {
            for (JsonNode source : dashboard.content().findValues("datasource")) {
                assertThat(sources)
                        .as(dashboard.file())
                        .contains("uid: " + source.path("uid").asText() + ",");
            }
        }
    }

    @Test
    void each_metric_of_Voyage_is_one_that_a_service_has() throws IOException {
        String meters = String.join("|", readMeterNames());
        String recorded = Files.readString(PROJECT.resolve("deploy/monitoring/recording.yml"));
        for (GrafanaDashboard dashboard : GrafanaDashboard.readAll()) {
            assertThat(dashboard.metrics())
                    .as(dashboard.file())
                    .filteredOn(metric -> metric.startsWith("voyage_"))
                    .isNotEmpty()
                    .allMatch(metric -> metric.matches("(" + meters + ")" + ENDINGS));
            for (String question : dashboard.questions()) {
                Pattern.compile("voyage:[\\w:]+")
                        .matcher(question)
                        .results()
                        .forEach(rate -> assertThat(recorded).contains("record: " + rate.group() + "\n"));
            }
        }
    }

    private static List<String> readMeterNames() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.walk(PROJECT.resolve("services"))) {
            for (Path file : files.filter(path -> path.toString().matches(".*/src/main/java/.*\\.java"))
                    .toList()) {
                METER_NAME
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(name -> names.add(name.group(1).replace('.', '_')));
            }
        }
        return names;
    }
}
