package org.voyage.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceDataTest {

    private static final String COUNTRIES = "reference/countries.csv";
    private static final String FORMER = "reference/former-countries.csv";
    private static final String ALSO = "reference/also-countries.csv";
    private static final String COLLEGES = "colleges.csv";
    private static final String NEW = "reference/new-countries.csv";

    static List<String> files() {
        return Stream.concat(
                        Contracts.files("reference", ".csv").stream(),
                        Stream.concat(
                                Contracts.files("reference/lists", ".csv").stream()
                                        .map("lists/"::concat),
                                Contracts.files("reference/college-lists", ".csv").stream()
                                        .map("college-lists/"::concat)))
                .filter(file -> !file.equals("sources.csv"))
                .toList();
    }

    static List<String> codeLists() {
        return files().stream()
                .filter(file -> !file.contains("/")
                        && !file.endsWith("countries.csv")
                        && !file.startsWith("also-")
                        && !file.equals(COLLEGES))
                .toList();
    }

    static List<String> otherNames() {
        return files().stream()
                .filter(file -> file.startsWith("also-") && !file.endsWith("countries.csv"))
                .toList();
    }

    static List<String> collegeLists() {
        return Contracts.files("reference/college-lists", ".csv");
    }

    static List<String> lists() {
        return Contracts.files("reference/lists", ".csv");
    }

    @Test
    void every_file_has_a_source_a_date_and_a_licence() {
        assertThat(Contracts.column("reference/sources.csv", "file")).containsExactlyInAnyOrderElementsOf(files());
        assertThat(Contracts.rows("reference/sources.csv")).allSatisfy(row -> {
            assertThat(row.values()).doesNotContain("");
            assertThat(LocalDate.parse(row.get("date"))).isAfter(LocalDate.of(2026, 1, 1));
        });
    }

    @ParameterizedTest
    @MethodSource("codeLists")
    void every_code_is_there_once_with_a_chinese_and_an_english_name(String file) {
        assertThat(Contracts.column("reference/" + file, "code")).doesNotHaveDuplicates();
        assertNames("reference/" + file);
    }

    /** Without date columns every code of a list is valid permanently. */
    @ParameterizedTest
    @MethodSource("codeLists")
    void a_code_ends_after_it_began_and_each_list_has_one_that_holds_today(String file) {
        assertThat(Contracts.rows("reference/" + file))
                .allSatisfy(row -> {
                    assertThat(row.containsKey("from")).isEqualTo(row.containsKey("until"));
                    day(row, "from");
                    if (!row.getOrDefault("until", "").isEmpty()) {
                        assertThat(day(row, "until")).isAfter(day(row, "from"));
                    }
                })
                .anySatisfy(row -> {
                    assertThat(day(row, "from")).isBefore(LocalDate.now(ZoneOffset.UTC));
                    assertThat(row.getOrDefault("until", "")).isEmpty();
                });
    }

    private static LocalDate day(Map<String, String> row, String column) {
        String day = row.getOrDefault(column, "");
        return day.isEmpty() ? LocalDate.MIN : LocalDate.parse(day);
    }

    @Test
    void no_vocational_bachelor_began_before_there_was_one() {
        assertThat(Contracts.rows("reference/levels.csv"))
                .filteredOn(row -> "vocational-bachelor".equals(row.get("code")))
                .extracting(row -> row.get("from"))
                .containsExactly("2019-01-01");
    }

    @Test
    void every_country_has_unique_codes_and_names() {
        for (String column : List.of("alpha3", "alpha2", "numeric", "zh", "en")) {
            assertThat(Contracts.column(COUNTRIES, column)).as(column).doesNotHaveDuplicates();
        }
        assertThat(Contracts.column(COUNTRIES, "alpha3")).allMatch(code -> code.matches("[A-Z]{3}"));
        assertThat(Contracts.column(COUNTRIES, "alpha2")).allMatch(code -> code.matches("[A-Z]{2}"));
        assertThat(Contracts.column(COUNTRIES, "numeric")).allMatch(code -> code.matches("[0-9]{3}"));
        assertThat(Contracts.column(COUNTRIES, "zh")).allMatch(name -> name.matches("[\\p{IsHan}（）、-]+"));
        assertNames(COUNTRIES);
    }

    @Test
    void a_former_country_ended_lies_in_a_known_place_and_has_successors() {
        var subRegions = Contracts.rows("reference/sub-regions.csv").stream()
                .map(row -> row.get("region") + "/" + row.get("code"))
                .toList();
        var today = Contracts.column(COUNTRIES, "alpha3");

        assertThat(Contracts.rows(FORMER)).isNotEmpty().allSatisfy(row -> {
            assertThat(row.get("alpha3")).matches("[A-Z]{3}").isNotIn(today);
            assertThat(row.get("zh")).isNotIn(Contracts.column(COUNTRIES, "zh"));
            assertThat(row.get("region") + "/" + row.get("sub_region")).isIn(subRegions);
            assertThat(LocalDate.parse(row.get("valid_until"))).isAfter(LocalDate.parse(row.get("valid_from")));
            assertThat(today)
                    .containsAll(
                            List.of(Objects.requireNonNull(row.get("successor")).split(" ", -1)));
        });
        assertThat(Contracts.column(FORMER, "alpha3")).doesNotHaveDuplicates();
        assertNames(FORMER);
    }

    @Test
    void a_new_country_is_one_of_today_and_what_it_was_before_is_known() {
        var today = Contracts.column(COUNTRIES, "alpha3");
        var known = Stream.concat(today.stream(), Contracts.column(FORMER, "alpha3").stream())
                .toList();

        assertThat(Contracts.rows(NEW)).isNotEmpty().allSatisfy(row -> {
            assertThat(row.get("alpha3")).isIn(today);
            assertThat(LocalDate.parse(row.get("valid_from"))).isAfter(LocalDate.of(1989, 12, 31));
            assertThat(row.get("predecessor"))
                    .satisfiesAnyOf(
                            none -> assertThat(none).isEmpty(),
                            code -> assertThat(code).isIn(known));
        });
        assertThat(Contracts.column(NEW, "alpha3")).doesNotHaveDuplicates();
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replace(" ", "");
    }

    /**
     * A suggestion for a name that the parser already reads would never appear. A name of two countries would mislead.
     * Only the English name of a former country may also be the name of a current one.
     */
    @Test
    void another_name_is_of_one_country_of_today_and_is_no_code_or_name_of_any() {
        var taken = Stream.concat(
                        Stream.of("alpha3", "alpha2", "zh", "en")
                                .flatMap(it -> Contracts.column(COUNTRIES, it).stream()),
                        Stream.of("alpha3", "zh").flatMap(it -> Contracts.column(FORMER, it).stream()))
                .map(ReferenceDataTest::folded)
                .toList();

        assertThat(Contracts.rows(ALSO)).isNotEmpty().allSatisfy(row -> {
            assertThat(row.get("alpha3")).isIn(Contracts.column(COUNTRIES, "alpha3"));
            assertThat(folded(Objects.requireNonNull(row.get("name"))))
                    .isNotBlank()
                    .isNotIn(taken);
        });
        assertThat(Contracts.column(ALSO, "name").stream().map(ReferenceDataTest::folded))
                .doesNotHaveDuplicates();
        assertThat(Contracts.column(ALSO, "alpha3")).isSorted();
    }

    @ParameterizedTest
    @MethodSource("otherNames")
    void another_name_is_of_one_code_of_its_list_and_is_no_name_of_any(String file) {
        String list = "reference/" + file.substring("also-".length());
        assertThat(Contracts.rows("reference/" + file)).isNotEmpty().allSatisfy(row -> {
            assertThat(row.get("code")).isIn(Contracts.column(list, "code"));
            assertThat(row.get("name"))
                    .isNotBlank()
                    .isNotIn(Contracts.column(list, "zh"))
                    .isNotIn(Contracts.column(list, "en"));
        });
        assertThat(Contracts.column("reference/" + file, "name")).doesNotHaveDuplicates();
    }

    @Test
    void the_list_of_colleges_has_the_columns_that_an_operator_fills() {
        assertThat(Contracts.text("reference/" + COLLEGES)).isEqualTo("code,zh,en,former,province,from,until\n");
    }

    @ParameterizedTest
    @MethodSource("collegeLists")
    void a_list_of_colleges_has_the_columns_that_an_operator_fills(String file) {
        assertThat(Contracts.text("reference/college-lists/" + file).lines().findFirst())
                .hasValue("college,valid_from,valid_until");
        assertThat(Contracts.rows("reference/college-lists/" + file)).allSatisfy(row -> {
            assertThat(row.get("college")).matches("41[0-9]{8}");
            LocalDate from = LocalDate.parse(row.get("valid_from"));
            if (!"".equals(row.get("valid_until"))) {
                assertThat(LocalDate.parse(row.get("valid_until"))).isAfter(from);
            }
        });
    }

    @Test
    void the_nineteen_groups_of_majors_are_those_of_higher_vocational_education() {
        assertThat(Contracts.column("reference/fields.csv", "code"))
                .hasSize(19)
                .isSorted()
                .startsWith("41")
                .endsWith("59");
    }

    @Test
    void all_193_members_of_the_united_nations_are_there() {
        assertThat(Contracts.column(COUNTRIES, "unMember").stream().filter("true"::equals))
                .hasSize(193);
    }

    @Test
    void hong_kong_macao_and_taiwan_are_a_category_of_their_own() {
        var special = Contracts.rows(COUNTRIES).stream()
                .filter(row -> "hong-kong-macao-taiwan".equals(row.get("special")))
                .toList();

        assertThat(special)
                .extracting(row -> row.get("alpha3"), row -> row.get("zh"), row -> row.get("en"))
                .containsExactly(
                        tuple("HKG", "中国香港", "Hong Kong, China"),
                        tuple("MAC", "中国澳门", "Macao, China"),
                        tuple("TWN", "中国台湾", "Taiwan, China"));
        assertThat(special).allSatisfy(row -> {
            assertThat(row).containsEntry("region", "hong-kong-macao-taiwan");
            assertThat(row).containsEntry("subRegion", "hong-kong-macao-taiwan");
        });
    }

    @Test
    void every_country_lies_in_a_known_sub_region_of_its_region_and_in_its_m49_area() {
        Map<String, Map<String, String>> subRegions = Contracts.rows("reference/sub-regions.csv").stream()
                .collect(Collectors.toMap(row -> Objects.requireNonNull(row.get("code")), row -> row));

        assertThat(Contracts.column("reference/sub-regions.csv", "region"))
                .isSubsetOf(Contracts.column("reference/regions.csv", "code"));
        assertThat(Contracts.rows(COUNTRIES)).allSatisfy(row -> {
            assertThat(row.get("m49Region")).matches("002|009|019|142|150");
            assertThat(row.get("m49SubRegion")).matches("[0-9]{3}");
            assertThat(subRegions.get(row.get("subRegion")))
                    .as("%s", row)
                    .isNotNull()
                    .containsEntry("region", row.get("region"));
        });
    }

    @Test
    void thirty_one_provinces_and_the_corps_send_and_three_do_not() {
        var sends = Contracts.rows("reference/provinces.csv").stream()
                .collect(Collectors.groupingBy(
                        row -> Objects.requireNonNull(row.get("sends")),
                        Collectors.mapping(row -> Objects.requireNonNull(row.get("code")), Collectors.toList())));

        assertThat(sends).containsOnlyKeys("true", "false");
        assertThat(sends.get("true")).hasSize(32).contains("11", "66");
        assertThat(sends.get("false")).containsExactly("71", "81", "82");
    }

    @ParameterizedTest
    @MethodSource("lists")
    void every_membership_is_of_a_known_country_and_ends_after_it_began(String file) {
        var rows = Contracts.rows("reference/lists/" + file);

        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(row.get("alpha3")).isIn(Contracts.column(COUNTRIES, "alpha3"));
            LocalDate from = LocalDate.parse(row.get("from"));
            if (!"".equals(row.get("until"))) {
                assertThat(LocalDate.parse(row.get("until"))).isAfter(from);
            }
            switch (Objects.requireNonNull(row.get("precision"))) {
                case "day" -> {}
                case "month" -> assertThat(from.getDayOfMonth()).isEqualTo(1);
                case "year" -> assertThat(from.getDayOfYear()).isEqualTo(1);
                default -> throw new AssertionError(row.toString());
            }
        });
        assertThat(overlaps(rows)).isEmpty();
    }

    /** Totals that were announced at the time: they show that the dates of the rows are nearly right. */
    @ParameterizedTest
    @CsvSource({
        "belt-and-road,2018-12-31,122",
        "belt-and-road,2019-04-30,131",
        "belt-and-road,2020-01-31,138",
        "belt-and-road,2021-12-31,145",
        "belt-and-road,2022-03-31,149",
        "belt-and-road,2023-06-30,152",
        "asean,1999-12-31,10",
        "asean,2025-12-31,11",
        "sco,2024-12-31,10",
        "african-union,2011-12-31,53",
        "african-union,2017-12-31,54",
        "eu,2013-12-31,28",
        "eu,2020-12-31,27",
        "brics,2010-12-31,5",
        "brics,2024-12-31,10",
        "brics,2025-12-31,11"
    })
    void a_list_has_as_many_members_as_was_announced_on_that_day(String list, LocalDate day, int members) {
        assertThat(Contracts.rows("reference/lists/" + list + ".csv").stream().filter(row -> holds(row, day)))
                .hasSize(members);
    }

    @Test
    void china_is_no_partner_of_itself() {
        assertThat(Contracts.column("reference/lists/belt-and-road.csv", "alpha3"))
                .doesNotContain("CHN", "HKG", "MAC", "TWN");
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_file_is_clean_utf8_with_unix_line_ends(String file) throws Exception {
        assertThat(Files.readString(Contracts.path("reference/" + file)))
                .endsWith("\n")
                .doesNotContain("\r", "\uFEFF", "\t", " ,", "\n\n");
    }

    private static void assertNames(String file) {
        assertThat(Contracts.rows(file)).allSatisfy(row -> {
            assertThat(row.get("zh")).isNotBlank();
            assertThat(row.get("en")).isNotBlank();
        });
    }

    private static boolean holds(Map<String, String> row, LocalDate day) {
        String until = Objects.requireNonNull(row.get("until"));
        return !LocalDate.parse(row.get("from")).isAfter(day)
                && (until.isEmpty() || LocalDate.parse(until).isAfter(day));
    }

    private static List<String> overlaps(List<Map<String, String>> rows) {
        List<String> overlapping = new ArrayList<>();
        for (Map<String, String> one : rows) {
            for (Map<String, String> other : rows) {
                if (one != other
                        && Objects.equals(one.get("alpha3"), other.get("alpha3"))
                        && holds(one, LocalDate.parse(other.get("from")))) {
                    overlapping.add(one + " and " + other);
                }
            }
        }
        return overlapping;
    }

    @Test
    void every_group_of_majors_has_its_two_digits_at_each_level_of_the_catalogue() {
        List<String> groups = Stream.of("code", "secondary", "bachelor")
                .flatMap(level -> Contracts.column("reference/fields.csv", level).stream())
                .toList();
        assertThat(groups).hasSize(57).doesNotHaveDuplicates().allMatch(group -> group.matches("[2-7][0-9]"));
    }
}
