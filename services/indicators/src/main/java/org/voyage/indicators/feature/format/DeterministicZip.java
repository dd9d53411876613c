package org.voyage.indicators.feature.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writer of ZIP files with reproducible bytes. A spreadsheet holds its creation time in two places; this class writes
 * the time of the values there.
 */
final class DeterministicZip {

    private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final String CORE_PROPERTIES = "docProps/core.xml";

    private DeterministicZip() {}

    static byte[] rewrite(Path spreadsheet, Instant time) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipFile parts = new ZipFile(spreadsheet.toFile());
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (ZipEntry part : Collections.list(parts.entries())) {
                byte[] content = parts.getInputStream(part).readAllBytes();
                ZipEntry entry = new ZipEntry(part.getName());
                entry.setTimeLocal(FIXED_TIME);
                zip.putNextEntry(entry);
                zip.write(part.getName().equals(CORE_PROPERTIES) ? replaceTimes(content, time) : content);
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static byte[] replaceTimes(byte[] properties, Instant time) {
        return new String(properties, StandardCharsets.UTF_8)
                .replaceFirst("(<dcterms:created[^>]*>)[^<]*<", "$1" + time.truncatedTo(ChronoUnit.SECONDS) + "<")
                .getBytes(StandardCharsets.UTF_8);
    }
}
