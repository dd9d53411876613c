package org.voyage.local;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Parser of the options of {@code ./voyage up} and {@code ./voyage demo}. */
public final class LauncherArguments {
    private LauncherArguments() {}

    /**
     * Parses {@code --data DIR}, {@code --fresh}, {@code --base-port N}, {@code --start-limit SECONDS} and {@code --only
     * a,b} ({@code none}: PostgreSQL, Kafka and the issuer alone). The project is the system property {@code voyage.project}, else the
     * current folder.
     *
     * @throws StartFailedException for anything else
     */
    public static PlatformOptions parsePlatformOptions(List<String> arguments) {
        PlatformOptions options = PlatformOptions.of(Path.of(System.getProperty("voyage.project", "."))
                .toAbsolutePath()
                .normalize());
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            String name = left.pop();
            options = switch (name) {
                case "--data" -> options.withData(parsePath(takeValue(name, left)));
                case "--fresh" -> options.withFresh(true);
                case "--base-port" -> options.withBasePort(parsePort(takeValue(name, left)));
                case "--start-limit" -> options.withStartLimit(parseSeconds(name, takeValue(name, left)));
                case "--only" -> options.withOnly(parseNames(takeValue(name, left)));
                default -> throw new StartFailedException("There is no option \"" + name + "\": see ./voyage help.");
            };
        }
        return options;
    }

    /**
     * Parses {@code [--data DIR]} and the names of other folders.
     *
     * @param names what each of the other folders is, for people
     * @return the data folder, then the others
     * @throws StartFailedException for anything else
     */
    static List<Path> parseFolders(List<String> arguments, List<String> names) {
        Path data = parsePlatformOptions(List.of()).data();
        List<Path> others = new ArrayList<>();
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            String name = left.pop();
            if (name.equals("--data")) {
                data = parsePath(takeValue(name, left));
            } else if (name.startsWith("--") || others.size() == names.size()) {
                throw new StartFailedException("There is no option \"" + name + "\": see ./voyage help.");
            } else {
                others.add(parsePath(name).toAbsolutePath().normalize());
            }
        }
        if (others.size() < names.size()) {
            throw new StartFailedException("The command wants " + names.get(others.size()) + ": see ./voyage help.");
        }
        others.addFirst(data.toAbsolutePath().normalize());
        return others;
    }

    static String takeValue(String name, Deque<String> left) {
        return Optional.ofNullable(left.poll())
                .filter(value -> !value.isBlank() && !value.startsWith("--"))
                .orElseThrow(
                        () -> new StartFailedException("The option " + name + " wants a value: see ./voyage help."));
    }

    private static Path parsePath(String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new StartFailedException("\"" + value + "\" is not the name of a folder.", e);
        }
    }

    static int parsePort(String value) {
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > 65_500) {
            throw new StartFailedException("--base-port wants a number from 1 to 65500, not \"" + value + "\".");
        }
        return Integer.parseInt(value);
    }

    private static Duration parseSeconds(String name, String value) {
        if (!value.matches("[1-9]\\d{0,4}")) {
            throw new StartFailedException(name + " wants a number of seconds from 1 to 99999, not \"" + value + "\".");
        }
        return Duration.ofSeconds(Integer.parseInt(value));
    }

    private static List<String> parseNames(String value) {
        if (value.equals("none")) {
            return List.of();
        }
        return Stream.of(value.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
