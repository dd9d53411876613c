package org.voyage.kit.bulk.format;

import java.util.List;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.TextFormat;

/** Record of fourteen fields, read from a row. */
final class FourteenFieldRow {
    private static final CodeSet<String> COUNTRIES = CodeSet.of("country", List.of("THA", "VNM"));
    private static final CodeSet<String> WORDS =
            CodeSet.of("word", List.of("luban-workshop", "workshop", "branch", "open", "closed"));
    private static final TextFormat COLLEGE = TextFormat.of("college", "41[0-9]{8}", "ten digits", "十位数字");
    private static final TextFormat MAJOR = TextFormat.of("major", "[0-9]{6}", "six digits", "六位数字");
    private static final TextFormat NAME = TextFormat.upTo(200);

    private FourteenFieldRow() {}

    static boolean isSound(SubmittedRow row) {
        var in = row.fields();
        in.readText("name", NAME);
        in.readOptionalText("nameEn", NAME);
        in.readCode("brand", WORDS);
        in.readCode("tier", WORDS);
        in.readCode("form", WORDS);
        in.readCode("hostCountry", COUNTRIES);
        in.readOptionalText("hostCity", NAME);
        in.readTexts("foundingColleges", COLLEGE, 1, 50);
        in.readObjects(
                "foreignPartners",
                List.of("name", "country"),
                0,
                50,
                partner -> partner.readText("name", NAME) + partner.readCode("country", COUNTRIES));
        in.readTexts("enterprises", NAME, 0, 50);
        in.readTexts("majors", MAJOR, 0, 50);
        in.readCode("status", WORDS);
        in.readOptionalDate("openedOn");
        in.readOptionalDate("closedOn");
        return in.collectFindings().isEmpty();
    }
}
