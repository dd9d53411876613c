package org.voyage.bench.baseline;

import io.quarkus.hibernate.orm.panache.PanacheEntity;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import java.time.Instant;

/** Event in the outbox; the baseline has no relay that sends it. */
@Entity
@SuppressWarnings("NullAway.Init")
public class OutboxRow extends PanacheEntity {

    public String type;
    public String key;
    public Instant time;

    @Column(columnDefinition = "text")
    public String data;
}
