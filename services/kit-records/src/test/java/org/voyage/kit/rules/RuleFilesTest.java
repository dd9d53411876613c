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
import org.voyage.kit.problem.RuleVerdict;

class RuleFilesTest {

    private static final LocalDate CHANGE_DAY = LocalDate.of(2026, 11, 25);
    private static final String CHANGE_REASON = "amendments: [{ date: '2026-11-25', zh: 试行, en: On trial }]";

    @TempDir
    Path folder;

    private Rule readHeavyRule() {
        return Objects.requireNonNull(RuleFiles.loadRules("things", folder).get("heavy"));
    }

    private void writeOverlay(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    @Test
    void a_service_has_the_general_rules_and_its_own() {
        assertThat(RuleFiles.loadRules("things", null)).containsOnlyKeys("required", "heavy");
    }

    @Test
    void a_rule_is_in_force_from_its_first_day_to_the_day_before_until() throws IOException {
        writeOverlay("things.yaml", "rules: [{ id: heavy, until: '2026-11-25', " + CHANGE_REASON + " }]");
        Rule heavy = readHeavyRule();
        assertThat(heavy.verdictOn(LocalDate.of(2019, 12, 31))).isEqualTo(RuleVerdict.IGNORE);
        assertThat(heavy.verdictOn(LocalDate.of(2020, 1, 1))).isEqualTo(RuleVerdict.REFUSE);
        assertThat(heavy.verdictOn(CHANGE_DAY.minusDays(1))).isEqualTo(RuleVerdict.REFUSE);
        assertThat(heavy.verdictOn(CHANGE_DAY)).isEqualTo(RuleVerdict.IGNORE);
    }

    @Test
    void what_an_operator_softens_warns_and_its_log_says_why() throws IOException {
        writeOverlay("things.yaml", "rules: [{ id: heavy, severity: warn, " + CHANGE_REASON + " }]");
        Rule heavy = readHeavyRule();
        assertThat(heavy.verdictOn(CHANGE_DAY)).isEqualTo(RuleVerdict.WARN);
        assertThat(heavy.from()).isEqualTo(LocalDate.of(2020, 1, 1));
        assertThat(heavy.amendments()).extracting(RuleChange::en).containsExactly("New.", "On trial");
    }

    @Test
    void files_of_other_services_may_lie_in_the_folder_and_unknown_ones_may_not() throws IOException {
        writeOverlay("general.yaml", "rules: []");
        writeOverlay("things.yaml", "rules: []");
        assertThat(readHeavyRule().verdictOn(CHANGE_DAY)).isEqualTo(RuleVerdict.REFUSE);
        writeOverlay("thigns.yaml", "rules: []");
        assertRefused("thigns.yaml", "no file of this name");
    }

    @Test
    void a_fixed_rule_cannot_be_softened() throws IOException {
        writeOverlay("general.yaml", "rules: [{ id: required, severity: warn, " + CHANGE_REASON + " }]");
        assertRefused("general.yaml", "required", "fixed");
    }

    @Test
    void a_rule_that_is_not_there_cannot_be_changed() throws IOException {
        writeOverlay("things.yaml", "rules: [{ id: light, severity: warn, " + CHANGE_REASON + " }]");
        assertRefused("things.yaml", "no rule light");
    }

    @Test
    void a_change_without_a_reason_is_none() throws IOException {
        writeOverlay("things.yaml", "rules: [{ id: heavy, severity: warn, amendments: [] }]");
        assertRefused("things.yaml", "heavy", "why");
        writeOverlay("things.yaml", "rules: [{ id: heavy, severity: warn }]");
        assertRefused("things.yaml", "amendments");
    }

    @Test
    void a_rule_does_not_end_before_it_begins() throws IOException {
        writeOverlay("things.yaml", "rules: [{ id: heavy, until: '2019-01-01', " + CHANGE_REASON + " }]");
        assertRefused("things.yaml", "heavy", "until");
    }

    @Test
    void a_file_that_cannot_be_read_is_named_with_its_line() throws IOException {
        writeOverlay("things.yaml", "rules:\n  - id: heavy\n    severity: perhaps\n    " + CHANGE_REASON + "\n");
        assertRefused("things.yaml", "line 3");
        writeOverlay("things.yaml", "rules:\n  - id: heavy\n    severty: warn\n    " + CHANGE_REASON + "\n");
        assertRefused("things.yaml", "line", "severty");
        writeOverlay("things.yaml", "");
        assertRefused("things.yaml");
        writeOverlay("things.yaml", "rules: [");
        assertRefused("things.yaml", "line 1");
    }

    @Test
    void a_folder_that_is_not_there_is_named() {
        assertThatThrownBy(() -> RuleFiles.loadRules("things", folder.resolve("none")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("voyage.rules.folder", "none");
    }

    private void assertRefused(String... said) {
        assertThatThrownBy(this::readHeavyRule)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(said);
    }
}
