package org.voyage.feeds.alliance;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Alliance that an operator has admitted, or had: a withdrawn one keeps its row and its version. */
@Entity
@Table(name = "alliance")
@SuppressWarnings("NullAway.Init")
public class AdmittedAlliance extends PanacheEntityBase {

    /** Claim {@code alliance} of its tokens. */
    @Id
    public String code;

    /** Name in Chinese. */
    @Column(name = "name_zh")
    public String name;

    @Column(name = "name_en")
    public String nameEn;

    /** How operators reach it; never in an event. */
    public @Nullable String contact;

    public int version;

    @Column(name = "admitted_at")
    public Instant admittedAt;

    /** While it is set, every way of reading is shut. */
    @Column(name = "suspended_at")
    public @Nullable Instant suspendedAt;

    @Column(name = "suspended_by")
    public @Nullable String suspendedBy;

    @Column(name = "suspension_reason")
    public @Nullable String suspensionReason;

    @Column(name = "withdrawn_at")
    public @Nullable Instant withdrawnAt;

    boolean isAdmitted() {
        return withdrawnAt == null;
    }
}
