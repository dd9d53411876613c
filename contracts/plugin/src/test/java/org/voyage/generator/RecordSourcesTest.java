package org.voyage.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordSourcesTest {

    private static final String VISIT = """
            record: school-visit
            service: overseas
            name: { zh: 访问, en: Visit }
            day: visitedOn
            fields:
              - { name: school, type: text, required: true, parent: school, explain: { zh: 机构, en: The school } }
              - { name: purpose, type: code, codes: aims, java: VisitAim, rule: aim-unknown, required: true, explain: { zh: 目的, en: Why } }
              - { name: guests, type: integer, required: false, min: 1, max: 90, explain: { zh: 人数, en: Guests } }
              - { name: visitedOn, type: date, required: true, explain: { zh: 日期, en: The day } }
            """;

    @TempDir
    Path folder;

    private Path contracts = Path.of("");
    private Path written = Path.of("");

    @BeforeEach
    void makeFolders() throws IOException {
        contracts = folder.resolve("contracts");
        written = folder.resolve("written");
        Files.createDirectories(contracts.resolve("records"));
        Files.createDirectories(contracts.resolve("reference"));
        Files.writeString(
                contracts.resolve("reference/aims.csv"), "code,zh,en\nfirst-look,初访,First look\nreview,复查,Review\n");
    }

    private Map<String, String> generate(String record) throws IOException {
        Files.writeString(contracts.resolve("records/school-visit.yaml"), record);
        return RecordSources.generate(contracts, "overseas", written);
    }

    private String source(Map<String, String> files, String name) {
        return Objects.requireNonNull(files.get("org/voyage/overseas/visit/" + name + ".java"), name);
    }

    @Test
    void a_record_has_a_class_the_enums_of_its_codes_and_a_wire_form() throws IOException {
        Map<String, String> files = generate(VISIT);

        assertThat(files).hasSize(3);
        assertThat(source(files, "SchoolVisit"))
                .contains("        VisitAim purpose,\n        @Nullable Long guests,\n        LocalDate visitedOn) {")
                .contains("SchoolVisit withSchool(String school) {");
        assertThat(source(files, "VisitAim")).contains("    FIRST_LOOK,\n    REVIEW\n}");
        assertThat(source(files, "SchoolVisitJson"))
                .contains("CodeListFile.codes(\"aim\", \"aims\", VisitAim.class);")
                .contains("return in.readText(\"school\", SourceId.FORMAT);")
                .contains("return in.readOptionalInteger(\"guests\", 1, 90);")
                .contains("return record.visitedOn();")
                .contains("out.writeCode(\"purpose\", record.purpose());");
    }

    @Test
    void an_enum_that_is_written_by_hand_is_not_generated() throws IOException {
        Path byHand = written.resolve("org/voyage/overseas/visit/VisitAim.java");
        Files.createDirectories(byHand.getParent());
        Files.writeString(byHand, "");

        assertThat(generate(VISIT)).hasSize(2);
    }

    @Test
    void a_record_without_a_day_has_the_codes_of_today() throws IOException {
        assertThat(source(generate(VISIT.replace("day: visitedOn\n", "")), "SchoolVisitJson"))
                .contains("public @Nullable LocalDate referenceDay(SchoolVisit record) {\n        return null;");
    }

    @Test
    void a_fault_is_named_with_its_file_and_field() {
        assertThatThrownBy(() -> generate(VISIT.replace(" max: 90,", "")))
                .hasMessage("contracts/records/school-visit.yaml: guests needs the whole number max");
        assertThatThrownBy(() -> generate(VISIT.replace(" rule: aim-unknown,", "")))
                .hasMessage("contracts/records/school-visit.yaml: purpose needs a rule that ends in -unknown");
        assertThatThrownBy(() -> generate(VISIT.replace("codes: aims", "codes: plans")))
                .hasMessageStartingWith("contracts/records/school-visit.yaml: purpose needs the list ");
        assertThatThrownBy(() -> generate(VISIT.replace("type: date", "type: day")))
                .hasMessage("contracts/records/school-visit.yaml: visitedOn has the unknown type day");
        assertThatThrownBy(() -> generate(VISIT.replace("day: visitedOn", "day: visited")))
                .hasMessage("contracts/records/school-visit.yaml: there is no field visited");
    }

    @Test
    void a_flag_that_may_be_absent_is_refused() throws IOException {
        String flag = VISIT + "  - { name: announced, type: flag, required: %s, explain: { zh: 预告, en: Announced } }\n";

        assertThat(source(generate(flag.formatted(true)), "SchoolVisit")).contains("        boolean announced) {");
        assertThatThrownBy(() -> generate(flag.formatted(false)))
                .hasMessage("contracts/records/school-visit.yaml: announced is a flag and needs required: true,"
                        + " because yes and no are its only values");
    }

    @Test
    void sources_that_follow_from_no_record_any_more_are_deleted() throws IOException {
        Path sources = folder.resolve("sources");
        RecordSourcesMojo.writeSources(sources, Map.of("a/Old.java", "old", "a/Same.java", "same"));
        Path same = sources.resolve("a/Same.java");
        var before = Files.getLastModifiedTime(same);
        RecordSourcesMojo.writeSources(sources, Map.of("a/Same.java", "same"));

        assertThat(sources.resolve("a/Old.java")).doesNotExist();
        assertThat(Files.getLastModifiedTime(same)).isEqualTo(before);
    }
}
