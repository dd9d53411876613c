package org.voyage.feeds.alliance;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.input.TextFormat;
import org.voyage.kit.reference.CodeListFile;

/**
 * What an operator states of a member.
 *
 * @param college 10-digit school code of a member of kind college, else null
 * @param names spellings under which records may name it; at least one unless it is a college
 * @param country ISO 3166-1 alpha-3
 * @param from first day of the membership
 * @param until first day no longer a member; null while it is one
 */
@Schema(name = "MemberFields")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MemberFields(
        MemberKind kind,
        @Nullable String college,
        List<String> names,
        String country,
        LocalDate from,
        @Nullable LocalDate until) {

    private static final String HOME_COUNTRY = "CHN";
    private static final int MAX_NAMES = 20;
    private static final int MAX_NAME_LENGTH = 200;
    private static final CodeSet<String> COUNTRIES = CodeListFile.codes("country", "countries", row -> true);
    private static final TextFormat COLLEGE =
            TextFormat.of("college", "41\\d{8}", "the 10-digit school code of a college", "院校的 10 位学校代码");

    /** Reads the fields; the reader collects the findings, which the caller then requires to be none. */
    static MemberFields read(FieldReader fields) {
        MemberKind kind = fields.readCode("kind", MemberKind.CODES);
        boolean isCollege = kind == MemberKind.COLLEGE && fields.hasField("kind");
        String college = isCollege ? fields.readText("college", COLLEGE) : null;
        if (!isCollege && fields.hasField("college")) {
            fields.readOptionalText("college", COLLEGE);
            fields.refuseField(
                    "college",
                    "college-of-other-kind",
                    "Only a member of kind college has a school code.",
                    "仅类型为 college 的成员填写学校代码。");
        }
        List<String> names = fields.readTexts("names", TextFormat.upTo(MAX_NAME_LENGTH), isCollege ? 0 : 1, MAX_NAMES);
        String country = isCollege ? readHomeCountry(fields) : fields.readCode("country", COUNTRIES);
        LocalDate from = fields.readDate("from");
        LocalDate until = fields.readOptionalDate("until");
        if (until != null && !until.isAfter(from)) {
            fields.refuseField("until", "until-before-from", "The end is not after the beginning.", "退出日期应晚于加入日期。");
        }
        return new MemberFields(kind, college, names, country, from, until);
    }

    private static String readHomeCountry(FieldReader fields) {
        String country = fields.readOptionalCode("country", COUNTRIES);
        if (country != null && !country.equals(HOME_COUNTRY)) {
            fields.refuseField("country", "country-of-college", "A college is in China (CHN).", "中方院校的国别应为 CHN。");
        }
        return HOME_COUNTRY;
    }
}
