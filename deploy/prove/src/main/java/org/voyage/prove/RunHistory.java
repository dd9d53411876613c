package org.voyage.prove;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes, faults and findings of one run, as files of JSON lines in one folder. The checker needs nothing else.
 *
 * @param writes acknowledged ones, in the order of acknowledgement
 * @param rows of each database server
 * @param events of the topics, in the order of their partitions and offsets
 * @param figures of each door
 * @param feed events of one feed in their order
 * @param refusals answers to right writes that ask for no repetition, such as 500
 */
record RunHistory(
        List<AcknowledgedWrite> writes,
        List<StoredRow> rows,
        List<PublishedEvent> events,
        List<ServedFigure> figures,
        List<FeedEvent> feed,
        List<InjectedFault> faults,
        List<String> refusals) {

    static final String JOURNAL = "journal.jsonl";
    static final String ROWS = "rows.jsonl";
    static final String EVENTS = "events.jsonl";
    static final String FIGURES = "figures.jsonl";
    static final String FEED = "feed.jsonl";
    static final String FAULTS = "faults.jsonl";
    static final String REFUSALS = "refusals.jsonl";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Write that the platform has acknowledged.
     *
     * @param number in the written field; 0 when it withdrew the record
     * @param version that the answer named
     * @param begun milliseconds since the run began, of the first attempt
     * @param ended milliseconds since the run began, of the acknowledgement
     */
    record AcknowledgedWrite(
            String record, String key, long version, long number, String door, long begun, long ended, int attempts) {
        @Nullable
        String text() {
            return number == 0 ? null : key + " " + number;
        }
    }

    /**
     * Row of a database server.
     *
     * @param text of the written field; null when withdrawn
     * @param versions kept ones, this one included
     */
    record StoredRow(
            String server,
            String record,
            String key,
            long version,
            @Nullable String text,
            long versions) {}

    /** Event of a topic. @param text of the written field afterwards; null when withdrawn */
    record PublishedEvent(
            String record,
            int partition,
            long offset,
            String key,
            long version,
            @Nullable String text) {}

    /** Value at a door; {@link #PROOF} is the number of differences that the platform's own recount found there. */
    record ServedFigure(String door, String figure, long value) {
        static final String PROOF = "proof";
    }

    /** Event of the feed. @param text of the written field afterwards; null when the event has no state */
    record FeedEvent(
            String id,
            long epoch,
            long sequence,
            String subject,
            String kind,
            @Nullable String text) {}

    /**
     * Fault of the schedule.
     *
     * @param begun milliseconds since the run began
     * @param ended milliseconds since the run began, of its end or repair
     * @param happened whether its evidence shows it
     */
    record InjectedFault(String name, long begun, long ended, boolean happened, String evidence) {}

    /** Reads a folder. @throws UncheckedIOException when a file is missing or has an unreadable line */
    static RunHistory readFolder(Path folder) {
        return new RunHistory(
                readLines(folder.resolve(JOURNAL), AcknowledgedWrite.class),
                readLines(folder.resolve(ROWS), StoredRow.class),
                readLines(folder.resolve(EVENTS), PublishedEvent.class),
                readLines(folder.resolve(FIGURES), ServedFigure.class),
                readLines(folder.resolve(FEED), FeedEvent.class),
                readLines(folder.resolve(FAULTS), InjectedFault.class),
                readLines(folder.resolve(REFUSALS), String.class));
    }

    static String toLine(Object entry) {
        try {
            return JSON.writeValueAsString(entry) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the lines of one file. @throws UncheckedIOException when the disk refuses */
    static void writeLines(Path file, List<?> entries) {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Object entry : entries) {
                out.write(toLine(entry));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> List<T> readLines(Path file, Class<T> type) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> parse(line, type)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T parse(String line, Class<T> type) {
        try {
            return JSON.readValue(line, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
