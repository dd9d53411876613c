package org.voyage.kit.sheet;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.voyage.kit.access.Province;
import org.voyage.kit.reference.CodeListFile;

/**
 * List of colleges by province, which an operator loads: tables may then have the name of a college of the sender's province
 * instead of its code. A former name is read with a warning. A name that two colleges of a province have is no name.
 */
@Startup
@ApplicationScoped
public class CollegeList {

    private static final Pattern CODE = Pattern.compile("41[0-9]{8}");

    private final Map<String, NamedCodeList> byProvince;

    /** @throws IllegalStateException if the file is wrong, naming it, the row and the reason */
    CollegeList(CollegeConfig config) {
        this.byProvince = config.file().map(CollegeList::loadFile).orElse(Map.of());
    }

    /** Returns the colleges of a province; none if no list is loaded. */
    public NamedCodeList collegesOf(Province province) {
        return byProvince.getOrDefault(province.code(), NamedCodeList.EMPTY);
    }

    private static Map<String, NamedCodeList> loadFile(Path file) {
        try (var in = Files.newInputStream(file)) {
            return toLists(file.toString(), CodeListFile.readRows(in));
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalStateException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static Map<String, NamedCodeList> toLists(String file, List<Map<String, String>> rows) {
        var provinces = new HashMap<String, NamedCodeListBuilder>();
        var codes = new HashSet<String>();
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var where = file + ", row " + (i + 2) + ": ";
            var code = row.getOrDefault("code", "").strip();
            var province = row.getOrDefault("province", "").strip();
            NamedCodeListBuilder.require(
                    CODE.matcher(code).matches(), where + "the code is 10 digits that begin with 41");
            NamedCodeListBuilder.require(codes.add(code), where + "the code " + code + " is in the file twice");
            NamedCodeListBuilder.require(
                    Province.find(province).isPresent(), where + "no province of two digits is \"" + province + "\"");
            provinces
                    .computeIfAbsent(province, its -> new NamedCodeListBuilder())
                    .add(code, row, where);
        }
        var lists = new HashMap<String, NamedCodeList>();
        provinces.forEach((province, colleges) -> lists.put(province, colleges.toList()));
        return Map.copyOf(lists);
    }
}
