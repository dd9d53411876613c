package org.voyage.mobility.personal;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.input.TextFormat;

/**
 * Submitted personal data of a student, on its way to its own table. All instances are equal, and none prints its data.
 */
public final class SubmittedPersonalData {

    private static final String NAME_FIELD = "name";
    private static final String PASSPORT_NUMBER_FIELD = "passportNumber";
    private static final String BIRTH_DATE_FIELD = "birthDate";
    private static final Set<String> FIELDS = Set.of(NAME_FIELD, PASSPORT_NUMBER_FIELD, BIRTH_DATE_FIELD);

    /** A name of up to 200 characters; a single word with digits is a key in the wrong column. */
    private static final TextFormat NAME_FORMAT = TextFormat.of(
            "person-name",
            "(?=.*\\p{L})(?!\\S*\\d\\S*$).+",
            "a name with letters, not a number or a key",
            "含文字的姓名，不得为编号");

    private static final TextFormat PASSPORT_FORMAT = TextFormat.of(
            "passport-number",
            "[0-9A-Za-z](?:[0-9A-Za-z /-]{1,28})[0-9A-Za-z]",
            "3 to 30 letters A to Z, digits, blanks, slashes or hyphens",
            "3 至 30 位字母、数字、空格、斜线或连字符");

    private final @Nullable PersonalData data;

    private SubmittedPersonalData(@Nullable PersonalData data) {
        this.data = data;
    }

    /** Reads the fields; the findings do not repeat their content. */
    public static SubmittedPersonalData readFields(FieldReader in) {
        in.hideFields(FIELDS);
        String name = in.readOptionalText(NAME_FIELD, NAME_FORMAT);
        String passportNumber = in.readOptionalText(PASSPORT_NUMBER_FIELD, PASSPORT_FORMAT);
        LocalDate birthDate = in.readOptionalDate(BIRTH_DATE_FIELD);
        return name == null && passportNumber == null && birthDate == null
                ? new SubmittedPersonalData(null)
                : new SubmittedPersonalData(new PersonalData(name, passportNumber, birthDate));
    }

    /** Checks the rules between several fields. */
    public void checkFields(FieldReader in, LocalDate startedOn) {
        if (data == null) {
            return;
        }
        if (data.passportNumber() != null && (data.name() == null || data.birthDate() == null)) {
            in.refuseField(
                    PASSPORT_NUMBER_FIELD,
                    "passport-number-alone",
                    "A passport number comes with name and date of birth.",
                    "填写护照号码时，必须同时填写姓名和出生日期。");
        }
        if (data.birthDate() != null && !data.birthDate().isBefore(startedOn)) {
            in.refuseField(
                    BIRTH_DATE_FIELD, "born-after-start", "Born after the start of the enrolment.", "出生日期晚于入学日期。");
        }
    }

    public Optional<PersonalData> data() {
        return Optional.ofNullable(data);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SubmittedPersonalData;
    }

    @Override
    public int hashCode() {
        return SubmittedPersonalData.class.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
