package org.voyage.mobility.personal;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.input.TextFormat;

/** What a bureau sent of a student's person, on its way into its own table. Any two are equal, and none prints. */
public final class PersonalInput {

    private static final String NAME = "name";
    private static final String PASSPORT_NUMBER = "passportNumber";
    private static final String BIRTH_DATE = "birthDate";
    private static final Set<String> FIELDS = Set.of(NAME, PASSPORT_NUMBER, BIRTH_DATE);

    private static final int LONGEST_NAME = 200;
    private static final TextFormat PASSPORT = TextFormat.of(
            "passport-number",
            "[0-9A-Za-z](?:[0-9A-Za-z /-]{1,28})[0-9A-Za-z]",
            "3 to 30 letters A to Z, digits, blanks, slashes or hyphens",
            "3 至 30 位字母、数字、空格、斜线或连字符");

    private final @Nullable PersonalData data;

    private PersonalInput(@Nullable PersonalData data) {
        this.data = data;
    }

    /** Reads the fields; what is wrong with them is said without repeating them. */
    public static PersonalInput read(FieldReader in) {
        in.hideFields(FIELDS);
        String name = in.readOptionalText(NAME, LONGEST_NAME);
        String passportNumber = in.readOptionalText(PASSPORT_NUMBER, PASSPORT);
        LocalDate birthDate = in.readOptionalDate(BIRTH_DATE);
        return name == null && passportNumber == null && birthDate == null
                ? new PersonalInput(null)
                : new PersonalInput(new PersonalData(name, passportNumber, birthDate));
    }

    /** The rules that span several fields. */
    public void check(FieldReader in, LocalDate startedOn) {
        if (data == null) {
            return;
        }
        if (data.passportNumber() != null && (data.name() == null || data.birthDate() == null)) {
            in.refuseField(
                    PASSPORT_NUMBER,
                    "passport-number-alone",
                    "A passport number comes with name and date of birth.",
                    "填写护照号码时，必须同时填写姓名和出生日期。");
        }
        if (data.birthDate() != null && !data.birthDate().isBefore(startedOn)) {
            in.refuseField(BIRTH_DATE, "born-after-start", "Born after the start of the enrolment.", "出生日期晚于入学日期。");
        }
    }

    public Optional<PersonalData> data() {
        return Optional.ofNullable(data);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PersonalInput;
    }

    @Override
    public int hashCode() {
        return PersonalInput.class.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
