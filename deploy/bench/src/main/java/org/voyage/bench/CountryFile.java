package org.voyage.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.voyage.bench.EnrolmentLog.Country;

/**
 * Countries of the measured students: 60 members of the United Nations, so that a cube by year and province has full
 * size.
 */
final class CountryFile {

    private static final int CODE_COLUMN = 0;
    private static final int REGION_COLUMN = 5;
    private static final int MEMBER_COLUMN = 10;
    private static final int COUNTRY_COUNT = 60;

    private CountryFile() {}

    /** Returns the countries in a fixed order that mixes the continents. */
    static List<Country> readCountries(Path project) throws IOException {
        List<Country> countries = new ArrayList<>();
        List<String> lines = Files.readAllLines(project.resolve("contracts/reference/countries.csv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            if (fields[MEMBER_COLUMN].equals("true") && !fields[CODE_COLUMN].equals("CHN")) {
                countries.add(new Country(fields[CODE_COLUMN], fields[REGION_COLUMN]));
            }
        }
        countries.sort(Comparator.comparing(country -> country.code().charAt(2) + country.code()));
        return countries.subList(0, COUNTRY_COUNT);
    }
}
