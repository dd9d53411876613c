package org.voyage.bench.baseline;

import io.quarkus.hibernate.orm.panache.PanacheEntity;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import java.time.Instant;

/** An event to send, which nobody sends. */
@Entity
@SuppressWarnings("NullAway.Init")
public class OutboxRow extends PanacheEntity {

    public String type;
    public String key;
    public Instant time;

    @Column(columnDefinition = "text")
    public String data;
}
