package org.voyage.indicators.feature.rehearsal;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.voyage.indicators.config.IndicatorsConfig;
import org.voyage.indicators.definition.DefinitionFolder;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.definition.InvalidDefinitionException;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.indicators.reference.ReferenceLoader;
import org.voyage.kit.log.LogTopics;

/**
 * Command {@code ./voyage check FOLDER}: checks whether the service would start with each definition of the folder. It
 * prints each mistake on a line and exits with status 1. It needs no running service and uses the service's
 * configuration.
 */
public final class CheckDefinitionsCommand {

    private static final int FILE_CONFIG_ORDINAL = 250;

    private CheckDefinitionsCommand() {}

    /** @param arguments the folder */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        try {
            DefinitionFolder definitions = DefinitionFolder.readFolder(folder);
            List<String> mistakes = definitions.isEmpty()
                    ? List.of(folder + " has no definition: its name ends in .yaml. 没有指标定义（文件名应以 .yaml 结尾）。")
                    : findMistakes(folder, definitions, readConfig());
            if (!mistakes.isEmpty()) {
                exitWithMistakes(mistakes);
            }
            printSummary(folder, definitions);
        } catch (InvalidDefinitionException e) {
            exitWithMistakes(List.of(formatMistake(folder, e)));
        }
    }

    private static void exitWithMistakes(List<String> mistakes) {
        mistakes.forEach(System.err::println);
        System.exit(1);
    }

    /** Prints which figures replace one of the platform, because that may not be intended. */
    private static void printSummary(Path folder, DefinitionFolder definitions) {
        int files = definitions.files().size();
        System.out.println(files + (files == 1 ? " definition" : " definitions") + " of " + folder
                + " can be used with those of the platform. 可以与平台自带的指标定义一起使用。");
        definitions
                .replaced()
                .forEach((code, older) -> definitions
                        .catalogue()
                        .findFigure(code)
                        .map(Figure::version)
                        .ifPresent(version ->
                                System.out.println(definitions.files().get(code) + ": version " + version + " of "
                                        + code + " replaces version " + older + " of the platform. " + code + " 的版本 "
                                        + version
                                        + " 将取代平台自带的版本 " + older + "。")));
    }

    private static List<String> findMistakes(Path folder, DefinitionFolder definitions, IndicatorsConfig config) {
        List<String> mistakes = new ArrayList<>();
        definitions.mistakes().forEach(bad -> mistakes.add(formatMistake(folder, bad)));
        LogTopics topics = new LogTopics(config.topics());
        ReferenceData reference =
                ReferenceLoader.loadReference(config.codeLists(), Geography.COUNTRY_FIELDS, config.collegeLists());
        List<Figure> good = new ArrayList<>();
        List<Figure> own = new ArrayList<>();
        definitions
                .catalogue()
                .figures()
                .forEach(figure -> (definitions.files().containsKey(figure.code()) ? own : good).add(figure));
        // The command checks one figure after the other, so that a mistake hides no other.
        for (Figure figure : own) {
            Path file = Objects.requireNonNull(definitions.files().get(figure.code()));
            good.add(figure);
            try {
                CountabilityCheck.requireCountable(
                        figure, definitions.definitions(), new FigureCatalogue(good), topics.records(), reference);
            } catch (InvalidDefinitionException e) {
                good.removeLast();
                mistakes.add(formatMistake(file, e));
            }
        }
        return mistakes;
    }

    /**
     * Formats a mistake, also one in a file of the platform: a file of the folder may have removed what it is derived
     * from.
     *
     * @param own the folder, or its file that makes the other file unusable
     */
    private static String formatMistake(Path own, InvalidDefinitionException bad) {
        return Path.of(bad.file()).startsWith(own)
                ? bad.file() + (bad.line() == 0 ? "" : ":" + bad.line()) + ": " + formatReason(bad)
                : formatFolderHint(own.toString(), bad);
    }

    private static String formatFolderHint(String own, InvalidDefinitionException bad) {
        String other = bad.file().substring(bad.file().lastIndexOf('/') + 1);
        return own + ": with it " + other + " cannot be used: " + bad.reason() + ". 采用后 " + other + " 将无法使用："
                + bad.reasonZh() + "。";
    }

    private static String formatReason(InvalidDefinitionException bad) {
        return bad.reason() + ". " + bad.reasonZh() + "。";
    }

    /** Reads the configuration of the service: its file, then the environment, which takes precedence. */
    private static IndicatorsConfig readConfig() throws IOException {
        URL file = Objects.requireNonNull(CheckDefinitionsCommand.class.getResource("/application.properties"));
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addSystemSources()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(file, FILE_CONFIG_ORDINAL))
                .withMapping(IndicatorsConfig.class)
                .build()
                .getConfigMapping(IndicatorsConfig.class);
    }
}
