package org.voyage.kit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kit.problem.Refusal;

class ProvinceTest {
    @Test
    void thirty_one_provinces_and_the_corps_send_records() {
        assertThat(Province.codes()).hasSize(32).contains("11", "66");
    }

    @ParameterizedTest
    @ValueSource(strings = {"71", "81", "82", "00", "1", "012", "", "１２", "12 "})
    void others_are_no_province_that_sends(String code) {
        assertThat(Province.find(code)).isEmpty();
        assertThatThrownBy(() -> Province.of(code)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Province.fromPath(code)).isInstanceOf(Refusal.NotFound.class);
    }

    @ParameterizedTest
    @CsvSource({"天津市,（12）", "天津,（12）", "Tianjin,（12）", "99,GB/T 2260"})
    void a_wrong_province_in_a_path_is_answered_with_a_hint(String text, String hint) {
        assertThatThrownBy(() -> Province.fromPath(text))
                .isInstanceOfSatisfying(
                        Refusal.NotFound.class,
                        refusal -> assertThat(refusal.findings())
                                .singleElement()
                                .satisfies(finding -> {
                                    assertThat(finding.pointer()).isEqualTo("{province}");
                                    assertThat(finding.detailZh()).contains(hint);
                                }));
    }

    @Test
    void a_scope_covers_its_own_or_all() {
        var tianjin = Province.of("12");
        assertThat(new Scope.ProvinceScope(tianjin).covers(tianjin)).isTrue();
        assertThat(new Scope.ProvinceScope(tianjin).covers(Province.of("32"))).isFalse();
        assertThat(new Scope.NationalScope().covers(tianjin)).isTrue();
    }
}
