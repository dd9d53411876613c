package org.voyage.kit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalTextDetectorsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "110101198711237738",
                "110101 1987 1123 7738",
                "ID-110101198711237738-1",
                "１１０１０１１９８７１１２３７７３８",
                "11010519491231002x",
                "护照 E1234567",
                "passport no. 12345678",
                "持 身份证号：110101198711230000 者"
            })
    void a_document_is_certain_by_its_check_digit_or_its_name(String text) {
        assertThat(DocumentNumberDetector.containsDocument(text)).isTrue();
        assertThat(DocumentNumberDetector.mayContainDocument(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "E12345678",
                "aa 123 4567",
                "S-AA1234567",
                "H1234567890",
                "XQZ7719345",
                "A123456(7)",
                "ＡＡ１２３４５６７",
                "P1234567A",
                "A123456AA",
                "M123A4567",
                "12AB34567"
            })
    void a_number_after_few_letters_may_be_a_passport(String text) {
        assertThat(DocumentNumberDetector.containsDocument(text)).isFalse();
        assertThat(DocumentNumberDetector.mayContainDocument(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-0001",
                "32-CN-00017",
                "LX2023001",
                "LX230001",
                "XS0001234",
                "20230901001",
                "110101198711237739",
                "320105202309010012",
                "b1234567-1234-1234-1234-123456789012",
                "R-0199a1c2-6f00-7abc-8def-000000000201-renamed",
                "S-1234567",
                "E1234-5678",
                "E-12345678",
                "S2023001A",
                "LX230001B",
                "23AB0001",
                "31234567",
                "123456789",
                "4112012345",
                "EXAMPLE-12-CI-001",
                "2020-02-29T01:02:03.123456Z",
                ""
            })
    void a_number_of_a_system_is_no_document(String text) {
        assertThat(DocumentNumberDetector.mayContainDocument(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"张伟", "王小明", "欧阳鹬鸵", "约翰·史密斯", "ZHANG WEI", "Wei Zhang", "zhang,xiaoming", "Ou-Yang Li"})
    void a_name_is_certain_by_its_surname_or_its_dot(String text) {
        assertThat(PersonalNameDetector.isName(text)).isTrue();
        assertThat(PersonalNameDetector.mayBeName(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SOMCHAI", "Somchai-Jaidee", "S-王小明-1", "Somchai Jaidee 7", "爱丽丝", "QUOKKA ZEPHYRINE"})
    void letters_alone_and_names_next_to_digits_may_be_a_name(String text) {
        assertThat(PersonalNameDetector.isName(text)).isFalse();
        assertThat(PersonalNameDetector.mayBeName(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "泰国鲁班工坊",
                "徐州",
                "高职",
                "鹏城-7",
                "Tianjin Bohai",
                "overseas-school",
                "LB",
                "甲",
                "石家庄职业学院",
                "night-job-7"
            })
    void a_place_a_school_or_a_word_is_no_name(String text) {
        assertThat(PersonalNameDetector.isName(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"张三", "张三退学", "因学生王小明离职", "联系人：李四", "由赵敏老师负责", "约翰·史密斯来访", "reported by Wang Xiaoming", "重复，见 张伟"
            })
    void a_name_within_a_text_is_found(String text) {
        assertThat(PersonalNameDetector.containsName(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "重复报送",
                "sent twice",
                "该机构已于 2024 年关闭",
                "教师培训项目取消",
                "Tianjin Bohai Vocational College",
                "University of Nairobi",
                "泰国大城技术学院",
                "学生人数有误",
                ""
            })
    void a_text_without_a_name_is_kept(String text) {
        assertThat(PersonalNameDetector.containsName(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "2023-0001",
                "泰国-2023-17",
                "留学生2023001",
                "徐州-0017",
                "孟加拉-12",
                "IE-TWIN-1",
                "R-0199a1c2-6f00-7abc-8def-000000000201-新",
                "CN TJ 2023"
            })
    void a_key_of_a_system_is_no_name(String text) {
        assertThat(PersonalNameDetector.mayBeName(text)).isFalse();
    }
}
