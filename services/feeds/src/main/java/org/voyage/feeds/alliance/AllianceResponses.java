package org.voyage.feeds.alliance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Answers about alliances and members. */
public final class AllianceResponses {

    private AllianceResponses() {}

    /**
     * An alliance.
     *
     * @param name in Chinese
     * @param contact shown to operators and auditors only
     */
    @Schema(name = "Alliance")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AllianceResponse(
            String code,
            String name,
            String nameEn,
            @Nullable String contact,
            AllianceStatus status,
            int version,
            Instant admittedAt,
            @Nullable Instant suspendedAt,
            @Nullable String suspensionReason) {

        static AllianceResponse of(AdmittedAlliance alliance, boolean forStaff) {
            return new AllianceResponse(
                    alliance.code,
                    alliance.name,
                    alliance.nameEn,
                    forStaff ? alliance.contact : null,
                    AllianceStatus.of(alliance),
                    alliance.version,
                    alliance.admittedAt,
                    alliance.suspendedAt,
                    forStaff ? alliance.suspensionReason : null);
        }
    }

    @Schema(name = "AlliancePage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AlliancePage(
            List<AllianceResponse> items, @Nullable String next) {}

    @Schema(name = "Member")
    public record MemberResponse(
            String id, int version, @JsonUnwrapped MemberFields fields) {

        static MemberResponse of(AllianceMember member) {
            return new MemberResponse(member.id, member.version, member.fields());
        }
    }

    @Schema(name = "MemberPage")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MemberPage(
            List<MemberResponse> items, @Nullable String next) {}

    /** What a file of members has changed. */
    @Schema(name = "MemberFileResult")
    public record MemberFileResponse(int created, int corrected, int unchanged) {}
}
