package org.voyage.kit.sheet;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.voyage.kit.reference.CodeListFile;

/**
 * List of the majors of the vocational catalogue: tables may have the name of a major instead of its code, with a
 * warning. The built-in list is short; an operator loads the whole catalogue. A name that two levels share is no name.
 */
@Startup
@ApplicationScoped
public class MajorList {

    /** Six digits; the catalogue marks majors under state control with K, which is no part of a record's code. */
    private static final Pattern CODE = Pattern.compile("[0-9]{6}K?");

    private static final int CODE_DIGITS = 6;

    private final NamedCodeList majors;
    private final boolean whole;

    /** @throws IllegalStateException if the file is wrong, naming it, the row and the reason */
    MajorList(MajorConfig config) {
        this.whole = config.file().isPresent();
        this.majors = config.file()
                .map(MajorList::loadFile)
                .orElseGet(() -> toList("majors.csv", CodeListFile.readRows("majors")));
    }

    /** Returns the majors, by code and name. */
    public NamedCodeList majors() {
        return majors;
    }

    /** Returns whether an operator has loaded the list, so that a template can offer it. */
    public boolean isWhole() {
        return whole;
    }

    private static NamedCodeList loadFile(Path file) {
        try (var in = Files.newInputStream(file)) {
            return toList(file.toString(), CodeListFile.readRows(in));
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalStateException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static NamedCodeList toList(String file, List<Map<String, String>> rows) {
        var list = new NamedCodeListBuilder();
        var codes = new HashSet<String>();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var where = file + ", row " + (i + 2) + ": ";
            var code = row.getOrDefault("code", "").strip();
            NamedCodeListBuilder.require(CODE.matcher(code).matches(), where + "the code is six digits");
            NamedCodeListBuilder.require(codes.add(code), where + "the code " + code + " is in the file twice");
            list.add(code.substring(0, CODE_DIGITS), row, where);
        }
        return list.toList();
    }
}
