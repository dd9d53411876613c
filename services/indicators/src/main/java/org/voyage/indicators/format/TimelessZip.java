package org.voyage.indicators.format;

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
 * A spreadsheet says when it was made, in two places; this one says as of when its values are, so that its bytes follow
 * from them.
 */
final class TimelessZip {

    private static final LocalDateTime ANY_DAY = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final String PROPERTIES = "docProps/core.xml";

    private TimelessZip() {}

    static byte[] of(Path spreadsheet, Instant time) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipFile parts = new ZipFile(spreadsheet.toFile());
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (ZipEntry part : Collections.list(parts.entries())) {
                byte[] content = parts.getInputStream(part).readAllBytes();
                ZipEntry entry = new ZipEntry(part.getName());
                entry.setTimeLocal(ANY_DAY);
                zip.putNextEntry(entry);
                zip.write(part.getName().equals(PROPERTIES) ? made(content, time) : content);
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static byte[] made(byte[] properties, Instant time) {
        return new String(properties, StandardCharsets.UTF_8)
                .replaceFirst("(<dcterms:created[^>]*>)[^<]*<", "$1" + time.truncatedTo(ChronoUnit.SECONDS) + "<")
                .getBytes(StandardCharsets.UTF_8);
    }
}
