package org.voyage.indicators.cube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.definition.FigureCatalogueLoader;
import org.voyage.indicators.fact.DictionaryRegistry;
import org.voyage.indicators.fact.FactEvent;
import org.voyage.indicators.fact.FactReaderRegistry;
import org.voyage.indicators.fact.RecordLayoutRegistry;
import org.voyage.indicators.fact.UnreadableEventException;
import org.voyage.indicators.live.LiveBatch;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.RecordHistory;
import org.voyage.indicators.live.RecordHistory.HistoryVersion;
import org.voyage.indicators.live.ReferenceRecount;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.reference.PublishedSeries;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.indicators.reference.ReferenceLoader;

/** Test fixture with the real definitions and reference lists, and figures in memory on 2026-11-24. */
public final class TestFigures {

    public static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T04:00:00Z"), ZoneId.of("Asia/Shanghai"));
    public static final ReferenceData REFERENCE = ReferenceLoader.loadReference(
            Map.of("province", "provinces.csv", "brand", "brands.csv", "region", "regions.csv"),
            List.of("hostCountry", "nationality", "country", "partnerCountry"),
            Optional.of(writeCollegeList()));

    static {
        Map<PublishedSeries.SeriesYear, PublishedSeries.PrintedNumber> numbers = new HashMap<>();
        for (int year : List.of(2015, 2019, 2021, 2022, 2025)) {
            numbers.put(
                    new PublishedSeries.SeriesYear("international-students-in-china", year),
                    new PublishedSeries.PrintedNumber(BigDecimal.valueOf(year * 7L), "="));
        }
        REFERENCE
                .series()
                .replaceSets(List.of(new PublishedSeries.SeriesSet("built-in", 1, true, Instant.MIN, null, numbers)));
    }

    public static final FigureCatalogue CATALOGUE = FigureCatalogueLoader.loadCatalogue(Optional.empty());

    private final RecordLayoutRegistry layouts = new RecordLayoutRegistry(CATALOGUE, RecordHistory.RECORDS);
    private final DictionaryRegistry dictionaries = new DictionaryRegistry();
    public final LiveFigures liveFigures;
    public final FigureCalculator calculator = new FigureCalculator(REFERENCE, CLOCK, 100_000);
    public final FactReaderRegistry factReaders;

    /** Writes members that join and leave to the list of colleges that is empty in the contracts. */
    private static Path writeCollegeList() {
        try {
            Path folder = Files.createTempDirectory("college-lists");
            folder.toFile().deleteOnExit();
            Path file = folder.resolve("double-high.csv");
            Files.writeString(file, """
                    college,valid_from,valid_until
                    4112000001,2019-12-10,
                    4132000001,2012-01-01,2024-02-29
                    """);
            file.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TestFigures() {
        liveFigures = newFigures();
        factReaders = new FactReaderRegistry(layouts, dictionaries);
    }

    /** Returns figures without facts, with the same dictionaries. */
    public LiveFigures newFigures() {
        return new LiveFigures(CATALOGUE, layouts, dictionaries, REFERENCE.geography());
    }

    public void deliverVersions(List<HistoryVersion> versions) {
        deliverVersions(liveFigures, versions);
    }

    /** Delivers a few versions at a time, also to the recount, and runs a check after each delivery. */
    public void deliverVersions(List<HistoryVersion> deliveries, ReferenceRecount naive, Random random, Runnable look) {
        for (int from = 0; from < deliveries.size(); ) {
            int to = Math.min(deliveries.size(), from + 1 + random.nextInt(8));
            deliverVersions(deliveries.subList(from, to));
            deliveries.subList(from, to).forEach(naive::addVersion);
            from = to;
            look.run();
        }
    }

    private void deliverVersions(LiveFigures to, List<HistoryVersion> versions) {
        List<LiveBatch.LiveBatchItem> items = new ArrayList<>();
        for (HistoryVersion version : versions) {
            items.add(new LiveBatch.LiveBatchItem(
                    "any." + version.record(), version.record(), version.key(), toEvent(factReaders, version)));
        }
        to.applyBatch(new LiveBatch(items, Map.of()));
    }

    public static FactEvent toEvent(FactReaderRegistry readers, HistoryVersion version) {
        try {
            return readers.readerOf(version.record()).readEvent(version.key(), ByteBuffer.wrap(version.eventJson()));
        } catch (UnreadableEventException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
