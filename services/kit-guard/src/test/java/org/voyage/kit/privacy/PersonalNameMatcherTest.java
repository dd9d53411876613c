package org.voyage.kit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonalNameMatcherTest {

    @ParameterizedTest
    @CsvSource({
        "SOMCHAI WONG,SOMCHAI WONG",
        "WONG-SOMCHAI-1,Somchai Wong",
        "somchai-1,SOMCHAI WONG",
        "KIM ALI,ALI KIM",
        "kim,KIM",
        "S-王伟-1,王伟",
        "E-x1234567,X1234567",
        "WONGSOMCHAI-1,Somchai Wong",
        "S-alikim,Kim Ali",
        "伟王-1,王伟",
        "修欧阳,欧阳修"
    })
    void a_person_is_found_in_every_spelling(String text, String value) {
        assertThat(PersonalNameMatcher.containsValue(text, value)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "S-1,SOMCHAI WONG",
        "LI-2024-1,LI NA",
        "KIMCHI-1,KIM",
        "ZHENGZHOU-1,ZHENG WEI",
        "2001-02-03-1,''",
        "12,1"
    })
    void a_part_of_another_word_is_no_person(String text, String value) {
        assertThat(PersonalNameMatcher.containsValue(text, value)).isFalse();
    }
}
