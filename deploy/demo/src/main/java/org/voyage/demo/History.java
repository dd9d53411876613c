package org.voyage.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every record as it finally stands, and the stories that bring some of them there. The same on every machine and in
 * every run: counted, it gives each published figure of the overseas service exactly.
 */
record History(List<School> schools, List<Headcount> headcounts, List<Training> trainings, List<Story> stories) {

    static History build() {
        Colleges colleges = new Colleges();
        List<School> schools = new ArrayList<>(KnownSchools.read(colleges));
        schools.addAll(new ConstructedSchools(List.copyOf(schools), colleges).build());
        schools.addAll(PlannedSchools.build(colleges));
        List<Headcount> headcounts = Headcounts.build(schools);
        List<Training> trainings = Trainings.build(schools);
        return new History(List.copyOf(schools), headcounts, trainings, Stories.build(schools, headcounts, trainings));
    }

    /** What goes by bulk: everything that no story tells. */
    List<Entry> bulk(RecordType type, String province) {
        Set<Key> told =
                stories.stream().map(story -> Key.of(story.last().entry())).collect(Collectors.toSet());
        return entries()
                .filter(entry -> entry.type() == type && entry.province().equals(province))
                .filter(entry -> !told.contains(Key.of(entry)))
                .toList();
    }

    List<String> provinces() {
        return entries().map(Entry::province).distinct().sorted().toList();
    }

    /** Rows in bulk and stories together. */
    int size() {
        return (int) entries().count();
    }

    private Stream<Entry> entries() {
        return Stream.of(schools, headcounts, trainings).flatMap(List::stream);
    }

    private record Key(RecordType type, String province, String sourceId) {

        static Key of(Entry entry) {
            return new Key(entry.type(), entry.province(), entry.sourceId());
        }
    }
}
