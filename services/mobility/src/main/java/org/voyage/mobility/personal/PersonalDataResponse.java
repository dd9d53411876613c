package org.voyage.mobility.personal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Scope;

/**
 * Response with personal data for the owning bureau or a privacy officer.
 *
 * @param pseudonym for a privacy officer only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "PersonalAnswer")
public record PersonalDataResponse(
        String province,
        String sourceId,
        PersonalData personal,
        Instant updatedAt,
        @Nullable String pseudonym,
        SameStudent sameStudent) {

    static PersonalDataResponse of(
            PersonalTable.StoredPersonalData stored, PersonalData data, SameStudent same, Scope knows) {
        return new PersonalDataResponse(
                stored.key().province().code(),
                stored.key().sourceId(),
                data,
                stored.updatedAt(),
                knows instanceof Scope.NationalScope ? stored.pseudonym() : null,
                same);
    }

    /** Returns a text without personal data, so that no log prints it by mistake. */
    @Override
    public String toString() {
        return "***";
    }
}
