package org.voyage.mobility;

import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.reference.CodeListFile;

/** Codes and text formats that the record types share, from {@code contracts/reference}. */
public final class MobilityCodes {

    /** Countries of origin and destination: ISO 3166-1 alpha-3, without China. */
    public static final CodeSet<String> FOREIGN_COUNTRIES =
            CodeListFile.codes("country", "countries", country -> !"home".equals(country.get("special")));

    /** Ministry school code: 41, province, serial. */
    public static final TextFormat COLLEGE_CODE = TextFormat.of(
                    "college-code", "41\\d{8}", "ten digits beginning with 41", "以 41 开头的 10 位院校代码")
            .withPart("college-province", 2, 4, CodeListFile.valuesOf("provinces", "code"), "province", "省级代码");

    /** Vocational catalogue 2021: group, serial. */
    public static final TextFormat MAJOR_CODE = TextFormat.of("major-code", "\\d{6}", "six digits", "6 位专业代码")
            .withPart(
                    "major-group",
                    0,
                    2,
                    CodeListFile.valuesOf("fields", "code", "secondary", "bachelor"),
                    "group of majors",
                    "专业大类");

    /** Length of a college code in a query, in UTF-16 units. */
    public static final int COLLEGE_CODE_LENGTH = 10;

    /** Length of a major code in a query, in UTF-16 units. */
    public static final int MAJOR_CODE_LENGTH = 6;

    private MobilityCodes() {}
}
