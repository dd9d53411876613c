package org.voyage.indicators.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.CatalogueLoader;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.FactEvent;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.Layouts;
import org.voyage.indicators.intake.UnreadableEvent;
import org.voyage.indicators.live.History.Version;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.reference.Reference;
import org.voyage.indicators.reference.ReferenceLoader;

/** The real definitions and reference lists, with figures in memory on 2026-11-24. */
public final class World {

    public static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T04:00:00Z"), ZoneId.of("Asia/Shanghai"));
    public static final Reference REFERENCE = ReferenceLoader.load(
            Map.of("province", "provinces.csv", "brand", "brands.csv", "region", "regions.csv"),
            List.of("hostCountry", "nationality", "country", "partnerCountry"),
            Optional.of(colleges()));
    public static final Catalogue CATALOGUE = CatalogueLoader.load(Optional.empty());

    private final Layouts layouts = new Layouts(CATALOGUE, History.RECORDS);
    private final Dictionaries dictionaries = new Dictionaries();
    private final RollUps.Limits limits;
    public final LiveFigures live;
    public final Figures figures = new Figures(REFERENCE, CLOCK, 100_000);
    final FactReaders readers;

    /** The list of colleges that stands empty in the contracts, with members that join and leave. */
    private static Path colleges() {
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

    public World() {
        this(RollUps.Limits.USUAL);
    }

    World(RollUps.Limits limits) {
        this.limits = limits;
        live = empty();
        readers = new FactReaders(layouts, dictionaries);
    }

    /** One whose figures roll up whatever is asked for the second time. */
    public static World rollingUp() {
        return new World(new RollUps.Limits(1, 1, 8, 1));
    }

    /** Figures without facts, by the same dictionaries. */
    LiveFigures empty() {
        return new LiveFigures(CATALOGUE, layouts, dictionaries, REFERENCE.geography(), limits);
    }

    public void deliver(List<Version> versions) {
        deliver(live, versions);
    }

    /** Delivers a few at a time, to a recomputation as well, and lets somebody look after each time. */
    void deliver(List<Version> deliveries, Naive naive, Random random, Runnable look) {
        for (int from = 0; from < deliveries.size(); ) {
            int to = Math.min(deliveries.size(), from + 1 + random.nextInt(8));
            deliver(deliveries.subList(from, to));
            deliveries.subList(from, to).forEach(naive::deliver);
            from = to;
            look.run();
        }
    }

    void deliver(LiveFigures to, List<Version> versions) {
        List<LiveBatch.Item> items = new ArrayList<>();
        for (Version version : versions) {
            items.add(new LiveBatch.Item(
                    "any." + version.record(), version.record(), version.key(), event(readers, version)));
        }
        to.apply(new LiveBatch(items, Map.of()));
    }

    static FactEvent event(FactReaders readers, Version version) {
        try {
            return readers.of(version.record()).read(version.key(), ByteBuffer.wrap(version.json()));
        } catch (UnreadableEvent e) {
            throw new IllegalArgumentException(e);
        }
    }
}
