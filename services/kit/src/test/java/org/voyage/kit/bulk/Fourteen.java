package org.voyage.kit.bulk;

import java.util.List;
import org.voyage.kit.web.Codes;
import org.voyage.kit.web.Shape;

/** A record of fourteen fields, read from a row. */
final class Fourteen {
    private static final Codes<String> COUNTRIES = Codes.of("country", List.of("THA", "VNM"));
    private static final Codes<String> WORDS =
            Codes.of("word", List.of("luban-workshop", "workshop", "branch", "open", "closed"));
    private static final Shape COLLEGE = Shape.of("college", "41[0-9]{8}", "ten digits", "十位数字");
    private static final Shape MAJOR = Shape.of("major", "[0-9]{6}", "six digits", "六位数字");
    private static final Shape NAME = Shape.upTo(200);

    private Fourteen() {}

    static boolean sound(Row row) {
        var in = row.fields();
        in.text("name", NAME);
        in.optionalText("nameEn", NAME);
        in.code("brand", WORDS);
        in.code("tier", WORDS);
        in.code("form", WORDS);
        in.code("hostCountry", COUNTRIES);
        in.optionalText("hostCity", NAME);
        in.texts("foundingColleges", COLLEGE, 1, 50);
        in.objects(
                "foreignPartners",
                List.of("name", "country"),
                0,
                50,
                partner -> partner.text("name", NAME) + partner.code("country", COUNTRIES));
        in.texts("enterprises", NAME, 0, 50);
        in.texts("majors", MAJOR, 0, 50);
        in.code("status", WORDS);
        in.optionalDate("openedOn");
        in.optionalDate("closedOn");
        return in.findings().isEmpty();
    }
}
