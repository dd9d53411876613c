package org.voyage.feeds.alliance;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Member of an alliance, or a former one: a withdrawn one keeps its row and its version. */
@Entity
@Table(name = "alliance_member")
@IdClass(AllianceMember.MemberKey.class)
@SuppressWarnings("NullAway.Init")
public class AllianceMember extends PanacheEntityBase {

    @Id
    public String alliance;

    @Id
    public String id;

    public int version;

    @Enumerated(EnumType.STRING)
    public MemberKind kind;

    /** 10-digit school code of a college, else null. */
    public @Nullable String college;

    /** All spellings under which records may name the member. */
    @JdbcTypeCode(SqlTypes.ARRAY)
    public List<String> names;

    /** ISO 3166-1 alpha-3. */
    public String country;

    @Column(name = "valid_from")
    public LocalDate from;

    /** First day no longer a member; null while it is one. */
    @Column(name = "valid_until")
    public @Nullable LocalDate until;

    @Column(name = "withdrawn_at")
    public @Nullable Instant withdrawnAt;

    /** Key of a member. */
    public record MemberKey(String alliance, String id) {}

    MemberFields fields() {
        return new MemberFields(kind, college, List.copyOf(names), country, from, until);
    }

    void setFields(MemberFields fields) {
        kind = fields.kind();
        college = fields.college();
        names = List.copyOf(fields.names());
        country = fields.country();
        from = fields.from();
        until = fields.until();
    }

    boolean isPresent() {
        return withdrawnAt == null;
    }
}
