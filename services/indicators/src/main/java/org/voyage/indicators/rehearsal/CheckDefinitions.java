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
        List<String> mistakes;
        int files;
        try {
            FolderOfDefinitions definitions = FolderOfDefinitions.read(folder);
            files = definitions.files().size();
            mistakes = definitions.isEmpty()
                    ? List.of(folder + " has no definition: its name ends in .yaml. 没有指标定义（文件名应以 .yaml 结尾）。")
                    : mistakes(folder, definitions, config());
        } catch (BadDefinition e) {
            files = 0;
            mistakes = List.of(sentence(folder, e));
        }
        mistakes.forEach(System.err::println);
        if (!mistakes.isEmpty()) {
            System.exit(1);
        }
        System.out.println(files + (files == 1 ? " definition" : " definitions") + " of " + folder
                + " can be used with those of the platform. 可以与平台自带的指标定义一起使用。");
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
            good.add(figure);
            try {
                Countable.check(figure, new Catalogue(good), topics.records(), reference);
            } catch (BadDefinition e) {
                good.removeLast();
                mistakes.add(
                        e.file().equals(figure.code() + ".yaml")
                                ? definitions.files().get(figure.code()) + ": " + reason(e)
                                : with(String.valueOf(definitions.files().get(figure.code())), e));
            }
        }
        return mistakes;
    }

    /** Of a file of the platform, too: another of the folder may have taken from it what it is derived from. */
    private static String sentence(Path folder, BadDefinition bad) {
        return Path.of(bad.file()).startsWith(folder)
                ? bad.file() + (bad.line() == 0 ? "" : ":" + bad.line()) + ": " + reason(bad)
                : with(folder.toString(), bad);
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
