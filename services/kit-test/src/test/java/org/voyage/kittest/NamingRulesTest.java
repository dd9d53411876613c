package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kittest.misnamed.Formatter;
import org.voyage.kittest.misnamed.Moved;
import org.voyage.kittest.misnamed.PlainMistake;

class NamingRulesTest {

    private static final Path SERVICES = Path.of("..").toAbsolutePath().normalize();

    private static JavaClasses only(Class<?> type) {
        return new ClassFileImporter().importClasses(type);
    }

    @Test
    void a_class_called_as_one_of_the_jdk_is_a_violation() {
        assertThatThrownBy(() -> NamingRules.A_NAME_IS_NOT_THAT_OF_A_JDK_CLASS.check(only(Formatter.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("java.util.Formatter");
    }

    @Test
    void a_class_called_by_a_participle_is_a_violation() {
        assertThatThrownBy(() -> NamingRules.A_NAME_IS_A_NOUN_PHRASE.check(only(Moved.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Moved");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Told", "Since", "At", "By", "One", "Behind", "Asking", "Parked", "Its"})
    void a_function_word_is_no_name(String word) {
        assertThat(NamingRules.isFunctionWord(word)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cube", "ParkedRow", "SubmittedRow", "Standard", "RowParking"})
    void a_noun_phrase_is_a_name(String name) {
        assertThat(NamingRules.isFunctionWord(name)).isFalse();
    }

    @Test
    void a_throwable_without_the_suffix_is_a_violation() {
        assertThatThrownBy(() -> NamingRules.A_THROWABLE_ENDS_IN_EXCEPTION.check(only(PlainMistake.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("PlainMistake");
    }

    @Test
    void well_named_classes_pass() {
        assertThatCode(() -> {
                    NamingRules.A_NAME_IS_NOT_THAT_OF_A_JDK_CLASS.check(only(NamingRules.class));
                    NamingRules.A_NAME_IS_A_NOUN_PHRASE.check(only(NamingRules.class));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void two_files_with_one_name_are_found(@TempDir Path services) throws IOException {
        for (String module : new String[] {"kit/src/main/java/a", "overseas/src/main/java/b", "kit/src/test/java/a"}) {
            Path folder = Files.createDirectories(services.resolve(module));
            Files.writeString(folder.resolve("RowParking.java"), "class RowParking {}");
        }
        assertThat(SourceNames.findDuplicates(services))
                .containsOnlyKeys("RowParking.java")
                .hasValueSatisfying(
                        new org.assertj.core.api.Condition<>(files -> files.size() == 2, "the two main files"));
    }

    @Test
    void every_main_class_of_the_services_has_a_name_of_its_own() {
        assertThat(SourceNames.sources(SERVICES)).hasSizeGreaterThan(500);
        assertThat(SourceNames.findDuplicates(SERVICES)).isEmpty();
    }
}
