package org.voyage.indicators;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Definitions;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.Layouts;
import org.voyage.indicators.intake.Topics;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.reference.Reference;
import org.voyage.indicators.release.Tables;

/** Puts the parts together that know nothing of the framework. */
@ApplicationScoped
class Setup {

    @Produces
    @Singleton
    Clock clock(IndicatorsConfig config) {
        return Clock.system(config.zone());
    }

    @Produces
    @Singleton
    Topics topics(IndicatorsConfig config) {
        return new Topics(config.topics());
    }

    @Produces
    @Singleton
    Layouts layouts(Catalogue catalogue, Definitions definitions, Topics topics, Reference reference) {
        catalogue
                .figures()
                .forEach(figure -> definitions.check(figure.code(), topics.records(), reference.listCodes()));
        return definitions.located(() -> new Layouts(catalogue, topics.records()));
    }

    @Produces
    @Singleton
    Dictionaries dictionaries() {
        return new Dictionaries();
    }

    @Produces
    @Singleton
    LiveFigures figures(
            Catalogue catalogue,
            Definitions definitions,
            Layouts layouts,
            Dictionaries dictionaries,
            Reference reference) {
        return definitions.located(() -> new LiveFigures(catalogue, layouts, dictionaries, reference.geography()));
    }

    @Produces
    @Singleton
    @Startup
    Tables tables(Catalogue catalogue, Definitions definitions, Reference reference) {
        return definitions.located(() -> new Tables(catalogue, reference));
    }
}
