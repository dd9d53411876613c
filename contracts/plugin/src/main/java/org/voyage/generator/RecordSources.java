package org.voyage.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Java sources of the records of one service: of each its class, its codes and its wire form. */
public final class RecordSources {

    private RecordSources() {}

    /**
     * Returns the text of each file by its path below the folder of the sources.
     *
     * @param written folder of the sources that are written by hand: an enum there needs no other
     * @throws IllegalArgumentException if a file of a record is wrong, or the service has none
     */
    public static Map<String, String> generate(Path contracts, String service, Path written) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (RecordFile record : RecordFile.readAll(contracts)) {
            if (record.service().equals(service)) {
                RecordClassSource type = new RecordClassSource(record);
                put(files, type.recordSource());
                type.partSources().forEach(part -> put(files, part));
                type.enumSources(contracts).stream()
                        .filter(codes -> !Files.exists(written.resolve(codes.path())))
                        .forEach(codes -> put(files, codes));
                put(files, new RecordJsonSource(record).toSource());
            }
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("contracts/records: no record belongs to the service " + service);
        }
        return files;
    }

    /** Two records may share a class of objects or codes. */
    private static void put(Map<String, String> files, JavaSource source) {
        String other = files.put(source.path(), source.toText());
        if (other != null && !other.equals(source.toText())) {
            throw new IllegalArgumentException(
                    "contracts/records: two records declare " + source.className() + " in different ways");
        }
    }
}
