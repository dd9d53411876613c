package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * Canary student with a striking name, passport number and date of birth, and the values that must never be readable.
 */
public final class PersonalDataCanary {

    public static final String NAME = "QUOKKA ZEPHYRINE";
    public static final String NAME_ZH = "夸卡泽菲琳";
    public static final String PASSPORT = "XQZ7719345";
    public static final String BIRTH_DATE = "1987-11-23";
    /** A name with a surname, which is recognised without the name of the row. */
    public static final String SURNAMED = "欧阳鹬鸵";
    /** An identity number with its check digit and the date of birth in it. */
    public static final String IDENTITY_NUMBER = "110101198711237738";

    public static final String PERSONAL_FIELDS =
            "\"name\":\"%s\",\"passportNumber\":\"%s\",\"birthDate\":\"%s\"".formatted(NAME, PASSPORT, BIRTH_DATE);

    /** Bodies with faults in the personal data or next to it. */
    public static final List<String> WRONG_PERSONS = List.of(
            "\"name\":\"%s\",\"passportNumber\":\"%s\",\"birthDate\":\"%sT00:00\""
                    .formatted(NAME, PASSPORT, BIRTH_DATE),
            "\"name\":\"%s\",\"passportNumber\":\"%s\",\"birthDate\":\"1987/11/23x\"".formatted(NAME, PASSPORT),
            "\"name\":\"%s\",\"passportNumber\":\"%s!\",\"birthDate\":\"%s\"".formatted(NAME_ZH, PASSPORT, BIRTH_DATE),
            "\"name\":\"%s\",\"birthDate\":\"%s\"".formatted(NAME.repeat(20), BIRTH_DATE),
            "\"name\":\" %s\",\"birthDate\":\"%s\"".formatted(NAME, BIRTH_DATE),
            "\"name\":[\"%s\"],\"birthDate\":19871123".formatted(NAME),
            "\"passportNumber\":\"%s\"".formatted(PASSPORT),
            PERSONAL_FIELDS + ",\"passport\":\"%s\",\"Name\":\"%s\"".formatted(PASSPORT, NAME),
            PERSONAL_FIELDS + ",\"%s\":1,\"passport %s\":1".formatted(NAME, PASSPORT),
            PERSONAL_FIELDS + ",\"major\":\"46\"",
            PERSONAL_FIELDS + ",\"name\":\"%s\"".formatted(NAME));

    /** The values that must not appear, including the date of birth as a spreadsheet's day number. */
    private static final List<String> CANARIES = List.of(
            "QUOKKA",
            "ZEPHYRINE",
            NAME_ZH,
            "泽菲琳",
            PASSPORT,
            "7719345",
            BIRTH_DATE,
            "1987/11/23",
            "19871123",
            SURNAMED,
            "鹬鸵",
            ">32104<");

    private PersonalDataCanary() {}

    /** Returns the values that must not appear as a person would read them. */
    static List<String> readableValues() {
        return CANARIES;
    }

    /** Requires that the text contains no canary value, as text or as hexadecimal bytes. */
    public static void assertSilent(String text) {
        for (String canary : CANARIES) {
            assertThat(text)
                    .doesNotContainIgnoringCase(canary)
                    .doesNotContainIgnoringCase(HexFormat.of().formatHex(canary.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
