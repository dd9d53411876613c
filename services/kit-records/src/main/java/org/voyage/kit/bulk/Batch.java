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

/**
 * An uploaded file of records and the progress of its processing. Only {@link BatchStore} changes it after its start.
 */
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

    /** Address that the file came from, for the audit trail; null if unknown. */
    public @Nullable String address;

    /** Service instance that works on the batch. */
    public String instance;

    /**
     * Encoding of a CSV file: UTF-8, GB18030 or one of the two orders of UTF-16. Until the encoding is detected, the
     * sender's value or null. Null for other formats.
     */
    public @Nullable String charset;

    /** The headings as sent: a CSV line, or a JSON array for a spreadsheet. */
    public @Nullable String header;

    /** Headings that the bureau had mapped at the upload, as JSON; null without any. */
    @Column(name = "column_mapping")
    public @Nullable String columnMapping;

    /** How each column was read, as JSON; null for a format without columns, and until the file is opened. */
    @Column(name = "file_columns")
    public @Nullable String fileColumns;

    /** Name that the sender gave the file; null if there is none, or it may name a person. */
    @Column(name = "file_name")
    public @Nullable String fileName;

    /** Whether the file began with a byte order mark; then the file of refused rows begins with one too. */
    public boolean bom;

    @Enumerated(EnumType.STRING)
    public BatchState state;

    /** Slug of the problem that ended the batch early. */
    public @Nullable String failure;

    /** Size of the unpacked file; null until it is received completely. */
    @Column(name = "file_bytes")
    public @Nullable Long fileBytes;

    /** Bytes on the disk that are reserved for the file while it is in progress: {@link SpoolQuota}. */
    @Column(name = "spool_bytes")
    public long spoolBytes;

    /** Number of refused rows that are kept, the first ones of the file: {@link RefusedRowRetention}. */
    @Column(name = "kept_rows")
    public long keptRows;

    /** When the refused rows were deleted, in a dry run the outcomes of all rows; null while they are kept. */
    @Column(name = "rows_deleted_at")
    public @Nullable Instant rowsDeletedAt;

    /**
     * Key of the encrypted file on the local disk, wrapped if the service has {@link SpoolKeyWrapper}; null at the
     * batch's end.
     */
    @Column(name = "file_key")
    public byte @Nullable [] fileKey;

    /** SHA-256 of the unpacked file of a dry run: {@link DryRunFileRegistry}; null for other batches, and after a day. */
    @Column(name = "tried_digest")
    public byte @Nullable [] triedDigest;

    /** Bytes of the file up to the last row with an outcome. */
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

    /** Rows stored with warnings. */
    public long warned;

    /** Receipt of all chunks; empty if the batch wrote nothing. */
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
