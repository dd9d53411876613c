package org.voyage.mobility.personal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.privacy.PersonalNameMatcher;

/**
 * Personal data of a student: name, passport number and date of birth. Its {@code toString} prints none of it.
 *
 * @param passportNumber as it was sent; name and date of birth are present with it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "PersonalData")
public record PersonalData(
        @Nullable String name,
        @Nullable String passportNumber,
        @Nullable LocalDate birthDate) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /**
     * Returns the identity of the student across enrolments, or nothing without a passport number. Blanks, hyphens and
     * case of the number do not count.
     */
    Optional<String> identityOf(String nationality) {
        return passportNumber == null || birthDate == null
                ? Optional.empty()
                : Optional.of(PersonalNameMatcher.normalize(passportNumber) + "\n" + birthDate + "\n" + nationality);
    }

    /** Returns whether the person can be read from a text, such as a key or a reason. */
    boolean isReadableIn(String text) {
        return PersonalNameMatcher.containsValue(text, passportNumber)
                || PersonalNameMatcher.containsValue(text, name)
                || birthDate != null && PersonalNameMatcher.containsValue(text, birthDate.toString());
    }

    byte[] toBytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            // Its message could quote the data.
            throw new IllegalStateException("personal data cannot be written");
        }
    }

    static PersonalData of(byte[] bytes) {
        try {
            return JSON.readValue(bytes, PersonalData.class);
        } catch (IOException e) {
            throw new UncheckedIOException("personal data cannot be read", new IOException());
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
