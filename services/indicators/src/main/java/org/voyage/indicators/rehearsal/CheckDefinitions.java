package org.voyage.indicators.rehearsal;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.indicator.BadDefinition;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.FolderOfDefinitions;
import org.voyage.indicators.intake.Topics;
import org.voyage.indicators.reference.Reference;
import org.voyage.indicators.reference.ReferenceLoader;

/**
 * {@code ./voyage check FOLDER}: says of every definition of the folder whether the service would start with it and with those
 * of the platform; each mistake in a line, and status 1. It needs nothing that runs, and is configured as the service.
 */
public final class CheckDefinitions {

    private static final int BELOW_THE_ENVIRONMENT = 250;

    private CheckDefinitions() {}

    /** @param arguments the folder */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        try {
            FolderOfDefinitions definitions = FolderOfDefinitions.read(folder);
            List<String> mistakes = definitions.isEmpty()
                    ? List.of(folder + " has no definition: its name ends in .yaml. 没有指标定义（文件名应以 .yaml 结尾）。")
                    : mistakes(folder, definitions, config());
            if (!mistakes.isEmpty()) {
                stop(mistakes);
            }
            praise(folder, definitions);
        } catch (BadDefinition e) {
            stop(List.of(sentence(folder, e)));
        }
    }

    private static void stop(List<String> mistakes) {
        mistakes.forEach(System.err::println);
        System.exit(1);
    }

    /** Whoever meant a figure of their own must notice that it takes the place of one of the platform. */
    private static void praise(Path folder, FolderOfDefinitions definitions) {
        int files = definitions.files().size();
        System.out.println(files + (files == 1 ? " definition" : " definitions") + " of " + folder
                + " can be used with those of the platform. 可以与平台自带的指标定义一起使用。");
        definitions
                .replaced()
                .forEach((code, older) -> definitions
                        .catalogue()
                        .find(code)
                        .map(Figure::version)
                        .ifPresent(version ->
                                System.out.println(definitions.files().get(code) + ": version " + version + " of "
                                        + code + " replaces version " + older + " of the platform. " + code + " 的版本 "
                                        + version
                                        + " 将取代平台自带的版本 " + older + "。")));
    }

    private static List<String> mistakes(Path folder, FolderOfDefinitions definitions, IndicatorsConfig config) {
        List<String> mistakes = new ArrayList<>();
        definitions.mistakes().forEach(bad -> mistakes.add(sentence(folder, bad)));
        Topics topics = new Topics(config.topics());
        Reference reference = ReferenceLoader.load(config.codeLists(), config.countryFields(), config.collegeLists());
        List<Figure> good = new ArrayList<>();
        List<Figure> own = new ArrayList<>();
        definitions
                .catalogue()
                .figures()
                .forEach(figure -> (definitions.files().containsKey(figure.code()) ? own : good).add(figure));
        // One after the other, so that a mistake hides no other.
        for (Figure figure : own) {
            Path file = Objects.requireNonNull(definitions.files().get(figure.code()));
            good.add(figure);
            try {
                Countable.check(figure, definitions.definitions(), new Catalogue(good), topics.records(), reference);
            } catch (BadDefinition e) {
                good.removeLast();
                mistakes.add(sentence(file, e));
            }
        }
        return mistakes;
    }

    /**
     * Of a file of the platform, too: another of the folder may have taken from it what it is derived from.
     *
     * @param own the folder, or the file of it with which another cannot be used
     */
    private static String sentence(Path own, BadDefinition bad) {
        return Path.of(bad.file()).startsWith(own)
                ? bad.file() + (bad.line() == 0 ? "" : ":" + bad.line()) + ": " + reason(bad)
                : with(own.toString(), bad);
    }

    private static String with(String own, BadDefinition bad) {
        String other = bad.file().substring(bad.file().lastIndexOf('/') + 1);
        return own + ": with it " + other + " cannot be used: " + bad.reason() + ". 采用后 " + other + " 将无法使用："
                + bad.reasonZh() + "。";
    }

    private static String reason(BadDefinition bad) {
        return bad.reason() + ". " + bad.reasonZh() + "。";
    }

    /** As that of the service: its file, and over it the environment. */
    private static IndicatorsConfig config() throws IOException {
        URL file = Objects.requireNonNull(CheckDefinitions.class.getResource("/application.properties"));
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addSystemSources()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(file, BELOW_THE_ENVIRONMENT))
                .withMapping(IndicatorsConfig.class)
                .build()
                .getConfigMapping(IndicatorsConfig.class);
    }
}
