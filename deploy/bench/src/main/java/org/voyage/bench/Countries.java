package org.voyage.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.voyage.bench.EnrolmentLog.Country;

/** Where students come from: 60 members of the United Nations, so that a cube by year and province is of full size. */
final class Countries {

    private static final int CODE = 0;
    private static final int REGION = 5;
    private static final int MEMBER = 10;
    private static final int WANTED = 60;

    private Countries() {}

    /** In an order that mixes the continents and is always the same. */
    static List<Country> in(Path project) throws IOException {
        List<Country> countries = new ArrayList<>();
        List<String> lines = Files.readAllLines(project.resolve("contracts/reference/countries.csv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            if (fields[MEMBER].equals("true") && !fields[CODE].equals("CHN")) {
                countries.add(new Country(fields[CODE], fields[REGION]));
            }
        }
        countries.sort(Comparator.comparing(country -> country.code().charAt(2) + country.code()));
        return countries.subList(0, WANTED);
    }
}
