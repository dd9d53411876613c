package org.voyage.feeds.grant;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.voyage.feeds.scope.FeedFilter;

/** Version of a grant. The one that no other supersedes holds on its days, unless it is a withdrawal. */
@Entity
@Table(name = "grant_version")
@IdClass(GrantVersion.VersionKey.class)
@SuppressWarnings("NullAway.Init")
public class GrantVersion extends PanacheEntityBase {

    @Id
    public String alliance;

    @Id
    public String id;

    @Id
    public int version;

    /** Conditions on records: JSON of a {@link FeedFilter}. */
    @ColumnTransformer(write = "?::jsonb")
    public String rule;

    /** Fields on grant that it opens, as {@code record.field}. */
    @JdbcTypeCode(SqlTypes.ARRAY)
    public List<String> fields;

    /** Whether it opens the events of figures on Kafka. */
    @Column(name = "figure_events")
    public boolean figureEvents;

    @Column(name = "legal_basis")
    public String legalBasis;

    @Column(name = "valid_from")
    public LocalDate from;

    /** First day on which the grant no longer holds; null: no end. */
    @Column(name = "valid_until")
    public @Nullable LocalDate until;

    @Column(name = "changed_at")
    public Instant changedAt;

    @Column(name = "changed_by")
    public String changedBy;

    @Column(name = "superseded_at")
    public @Nullable Instant supersededAt;

    public boolean withdrawn;

    /** Key of a version. */
    public record VersionKey(String alliance, String id, int version) {}

    FeedFilter filter() {
        return FeedFilter.ofJson(rule);
    }

    GrantFields fieldsOf() {
        return new GrantFields(filter(), List.copyOf(fields), figureEvents, legalBasis, from, until);
    }
}
