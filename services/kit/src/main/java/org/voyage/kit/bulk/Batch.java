package org.voyage.kit.bulk;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.format.BatchFormat;
import org.voyage.kit.bulk.spool.SpoolKeyWrapper;

/** A file of records that was posted, and how far it has come. Only {@link BatchStore} changes it after its start. */
@Entity
@Table(name = "batch")
@SuppressWarnings("NullAway.Init")
public class Batch extends PanacheEntityBase {
    @Id
    public UUID id;

    public String province;
    public String record;

    @Enumerated(EnumType.STRING)
    public BatchFormat format;

    @Enumerated(EnumType.STRING)
    public BatchMode mode;

    @Column(name = "dry_run")
    public boolean dryRun;

    public String actor;

    @Column(name = "request_id")
    public String requestId;

    /** The service instance that works on it. */
    public String instance;

    /**
     * What CSV is written in: UTF-8, GB18030 or one of the two orders of UTF-16; until it is known what the sender says, or
     * null; null for other formats.
     */
    public @Nullable String charset;

    /** The headings as sent: a CSV line, or a JSON array for a spreadsheet. */
    public @Nullable String header;

    /** Whether the file began with a byte order mark; the file of refused rows then does too. */
    public boolean bom;

    @Enumerated(EnumType.STRING)
    public BatchState state;

    /** Slug of the problem that ended it early. */
    public @Nullable String failure;

    /** Of the file, unpacked; null until it is here whole. */
    @Column(name = "file_bytes")
    public @Nullable Long fileBytes;

    /** Hides the file on our disk, sealed if the service has {@link SpoolKeyWrapper}; null at the batch's end. */
    @Column(name = "file_key")
    public byte @Nullable [] fileKey;

    /** Of the file, up to where rows have their outcome. */
    @Column(name = "bytes_read")
    public long bytesRead;

    @Column(name = "rows_read")
    public long rows;

    public long created;
    public long corrected;
    public long unchanged;
    public long withdrawn;
    public long parked;
    public long refused;

    /** Rows that are stored with warnings. */
    public long warned;

    /** The receipts of its chunks together; empty if it wrote nothing. */
    public String receipt;

    /** Attempts that began since the batch last stored a chunk: {@link BatchLeaseStore}. */
    public int attempts;

    @Column(name = "started_at")
    public Instant startedAt;

    @Column(name = "touched_at")
    public Instant touchedAt;

    @Column(name = "finished_at")
    public @Nullable Instant finishedAt;
}
