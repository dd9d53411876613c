package org.voyage.kit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.kit.web.Verdict;

class RuleFilesTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 25);
    private static final String WHY = "changes: [{ date: '2026-11-25', zh: 试行, en: On trial }]";

    @TempDir
    Path folder;

    private Rule heavy() {
        return Objects.requireNonNull(RuleFiles.read("things", folder).get("heavy"));
    }

    private void overlay(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    @Test
    void a_service_has_the_general_rules_and_its_own() {
        assertThat(RuleFiles.read("things", null)).containsOnlyKeys("required", "heavy");
    }

    @Test
    void a_rule_is_in_force_from_its_first_day_to_the_day_before_until() throws IOException {
        overlay("things.yaml", "rules: [{ id: heavy, until: '2026-11-25', " + WHY + " }]");
        Rule heavy = heavy();
        assertThat(heavy.on(LocalDate.of(2019, 12, 31))).isEqualTo(Verdict.IGNORE);
        assertThat(heavy.on(LocalDate.of(2020, 1, 1))).isEqualTo(Verdict.REFUSE);
        assertThat(heavy.on(DAY.minusDays(1))).isEqualTo(Verdict.REFUSE);
        assertThat(heavy.on(DAY)).isEqualTo(Verdict.IGNORE);
    }

    @Test
    void what_an_operator_softens_warns_and_its_log_says_why() throws IOException {
        overlay("things.yaml", "rules: [{ id: heavy, severity: warn, " + WHY + " }]");
        Rule heavy = heavy();
        assertThat(heavy.on(DAY)).isEqualTo(Verdict.WARN);
        assertThat(heavy.from()).isEqualTo(LocalDate.of(2020, 1, 1));
        assertThat(heavy.changes()).extracting(RuleChange::en).containsExactly("New.", "On trial");
    }

    @Test
    void files_of_other_services_may_lie_in_the_folder_and_unknown_ones_may_not() throws IOException {
        overlay("general.yaml", "rules: []");
        overlay("things.yaml", "rules: []");
        assertThat(heavy().on(DAY)).isEqualTo(Verdict.REFUSE);
        overlay("thigns.yaml", "rules: []");
        refused("thigns.yaml", "no file of this name");
    }

    @Test
    void a_fixed_rule_cannot_be_softened() throws IOException {
        overlay("general.yaml", "rules: [{ id: required, severity: warn, " + WHY + " }]");
        refused("general.yaml", "required", "fixed");
    }

    @Test
    void a_rule_that_is_not_there_cannot_be_changed() throws IOException {
        overlay("things.yaml", "rules: [{ id: light, severity: warn, " + WHY + " }]");
        refused("things.yaml", "no rule light");
    }

    @Test
    void a_change_without_a_reason_is_none() throws IOException {
        overlay("things.yaml", "rules: [{ id: heavy, severity: warn, changes: [] }]");
        refused("things.yaml", "heavy", "why");
        overlay("things.yaml", "rules: [{ id: heavy, severity: warn }]");
        refused("things.yaml", "changes");
    }

    @Test
    void a_rule_does_not_end_before_it_begins() throws IOException {
        overlay("things.yaml", "rules: [{ id: heavy, until: '2019-01-01', " + WHY + " }]");
        refused("things.yaml", "heavy", "until");
    }

    @Test
    void a_file_that_cannot_be_read_is_named_with_its_line() throws IOException {
        overlay("things.yaml", "rules:\n  - id: heavy\n    severity: perhaps\n    " + WHY + "\n");
        refused("things.yaml", "line 3");
        overlay("things.yaml", "rules:\n  - id: heavy\n    severty: warn\n    " + WHY + "\n");
        refused("things.yaml", "line", "severty");
        overlay("things.yaml", "");
        refused("things.yaml");
        overlay("things.yaml", "rules: [");
        refused("things.yaml", "line 1");
    }

    @Test
    void a_folder_that_is_not_there_is_named() {
        assertThatThrownBy(() -> RuleFiles.read("things", folder.resolve("none")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("voyage.rules.folder", "none");
    }

    private void refused(String... said) {
        assertThatThrownBy(this::heavy)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(said);
    }
}
