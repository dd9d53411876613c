package org.voyage.overseas;

import static org.hamcrest.Matchers.equalTo;
import static org.voyage.overseas.OverseasBodies.bureau;
import static org.voyage.overseas.OverseasBodies.newSourceId;
import static org.voyage.overseas.OverseasBodies.openSchool;
import static org.voyage.overseas.OverseasBodies.put;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kittest.RealBackends;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class ListFiltersIT {

    private final String school = newSourceId("F");

    @BeforeEach
    void putSchool() {
        put("/v1/overseas-schools/33/" + school, openSchool()).then().statusCode(201);
    }

    @Test
    void schools_are_found_by_tier_and_form() {
        String since = put("/v1/overseas-schools/33/" + school, openSchool().replace("training-centre", "branch"))
                .path("recordedAt");
        String id = newSourceId("F");
        put("/v1/overseas-schools/33/" + id, openSchool().replace("\"workshop\"", "\"applied-technology-college\""))
                .then()
                .statusCode(201);
        String list = "/v1/overseas-schools?updatedAfter=" + since;

        requireFound(list + "&tier=applied-technology-college&form=training-centre", List.of(id));
        requireFound(list + "&tier=applied-technology-college&form=branch", List.of());
        requireFound(list + "&tier=workshop&form=training-centre", List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "form=branch,industrial-college",
                "form=branch&form=industrial-college",
                "form=海外分校,industrial-college",
                "form=branch,industrial-college&hostCountry=泰国,LAO",
                "form=branch,industrial-college&hostCountry=Thailand&brand=鲁班工坊"
            })
    void a_filter_takes_several_codes_or_names_as_files_do(String filter) {
        String since = put(
                        "/v1/overseas-schools/33/" + school, openSchool().replace("training-centre", "teaching-base"))
                .path("recordedAt");
        String branch = newSourceId("F");
        put("/v1/overseas-schools/33/" + branch, openSchool().replace("training-centre", "branch"));
        String college = newSourceId("F");
        put("/v1/overseas-schools/33/" + college, openSchool().replace("training-centre", "industrial-college"));

        bureau("33")
                .get("/v1/overseas-schools?updatedAfter=" + since + "&" + filter)
                .then()
                .statusCode(200)
                .body("items.sourceId", equalTo(List.of(branch, college)));
    }

    @Test
    void a_cursor_of_one_set_of_values_is_refused_with_another() {
        put("/v1/overseas-schools/33/" + newSourceId("F"), openSchool());
        String next =
                bureau("33").get("/v1/overseas-schools?limit=1&hostCountry=THA").path("next");

        bureau("33")
                .get("/v1/overseas-schools?limit=1&hostCountry=THA,LAO&cursor=" + next)
                .then()
                .statusCode(400);
    }

    @Test
    void headcounts_are_found_by_year_and_major() {
        for (String of : List.of("2023 460301", "2024 460301", "2024 510201")) {
            put(
                            "/v1/overseas-headcounts/33/" + school + "-" + of.replace(' ', '-'),
                            "{\"school\":\"%s\",\"year\":%s,\"major\":\"%s\",\"students\":3}"
                                    .formatted(school, of.substring(0, 4), of.substring(5)))
                    .then()
                    .statusCode(201);
        }
        String list = "/v1/overseas-headcounts?school=" + school;

        requireFound(list + "&year=2024&major=460301", List.of(school + "-2024-460301"));
        requireFound(list + "&year=2023", List.of(school + "-2023-460301"));
        requireFound(list + "&major=510201", List.of(school + "-2024-510201"));
        requireFound(list + "&year=2022", List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "startedFrom=2024-02-29&startedUntil=2024-02-29 | 2024-02-29",
                "startedFrom=2024-02-28&startedUntil=2024-03-01 | 2024-02-29,2024-03-01",
                "startedFrom=2024-03-02                         | 2025-12-31",
                "startedUntil=2023-12-31                        | 2023-12-31"
            })
    void trainings_are_found_by_the_days_between_which_they_began(String filter, String days) {
        for (String day : List.of("2023-12-31", "2024-02-29", "2024-03-01", "2025-12-31")) {
            put(
                            "/v1/overseas-trainings/33/" + school + day,
                            "{\"school\":\"%s\",\"enterprise\":\"中车\",\"people\":3,\"days\":2,\"startedOn\":\"%s\"}"
                                    .formatted(school, day))
                    .then()
                    .statusCode(201);
        }

        requireFound(
                "/v1/overseas-trainings?school=" + school + "&" + filter,
                List.of(days.split(",")).stream().map(day -> school + day).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overseas-schools?tier=tower",
                "overseas-schools?form=form",
                "overseas-schools?form=branch,form",
                "overseas-schools?hostCountry=THA,",
                "overseas-headcounts?year=24",
                "overseas-headcounts?major=4603011",
                "overseas-trainings?startedFrom=2023-02-29",
                "overseas-trainings?startedUntil=yesterday"
            })
    void what_is_no_value_is_refused(String list) {
        bureau("33")
                .get("/v1/" + list)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].pointer", equalTo("?" + list.replaceAll(".*\\?|=.*", "")));
    }

    private static void requireFound(String list, List<String> ids) {
        bureau("33").get(list).then().statusCode(200).body("items.sourceId", equalTo(ids));
    }
}
