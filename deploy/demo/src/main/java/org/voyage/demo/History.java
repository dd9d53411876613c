package org.voyage.demo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every record as it finally stands, and the stories that bring some of them there. The same on every machine and in
 * every run: counted, it gives each published figure that can be computed exactly.
 *
 * @param rows the records of mobility, cooperation and standards
 */
record History(
        List<School> schools,
        List<Headcount> headcounts,
        List<Training> trainings,
        List<Row> rows,
        List<Story> stories) {

    static History build() {
        Colleges colleges = new Colleges();
        List<School> schools = new ArrayList<>(KnownSchools.read(colleges));
        schools.addAll(new ConstructedSchools(List.copyOf(schools), colleges).build());
        schools.addAll(PlannedSchools.build(colleges));
        List<Headcount> headcounts = Headcounts.build(schools);
        List<Training> trainings = Trainings.build(schools);
        List<Row> rows = others();
        List<Story> stories = Stream.concat(
                        Stories.build(schools, headcounts, trainings).stream(), MoreStories.build(rows).stream())
                .toList();
        return new History(List.copyOf(schools), headcounts, trainings, rows, stories);
    }

    private static List<Row> others() {
        Bureaus bureaus = new Bureaus();
        List<Row> institutions = CooperativeInstitutions.build(bureaus);
        List<Row> programmes = new CooperativeProgrammes(bureaus).build();
        List<Adoption> adoptions = new Adoptions(bureaus).build();
        return Stream.of(
                        new InboundEnrolments(bureaus).build(),
                        new OutboundPlacements(bureaus).build(),
                        new TeacherAssignments(bureaus).build(),
                        ForeignTeachers.build(bureaus),
                        institutions,
                        programmes,
                        CooperativeHeadcounts.build(institutions, programmes),
                        Standards.build(adoptions),
                        new Recognitions().build(adoptions),
                        CredentialRecognitions.build(bureaus))
                .flatMap(List::stream)
                .toList();
    }

    Stream<Row> rows(RecordType type) {
        return rows.stream().filter(row -> row.type() == type);
    }

    /** What goes by bulk, by province and type: everything that no story tells. */
    Map<String, Map<RecordType, List<Entry>>> bulk() {
        Set<Key> told =
                stories.stream().map(story -> Key.of(story.last().entry())).collect(Collectors.toSet());
        return entries()
                .filter(entry -> !told.contains(Key.of(entry)))
                .collect(Collectors.groupingBy(
                        Entry::province,
                        TreeMap::new,
                        Collectors.groupingBy(
                                Entry::type, () -> new EnumMap<>(RecordType.class), Collectors.toList())));
    }

    List<String> provinces() {
        return entries().map(Entry::province).distinct().sorted().toList();
    }

    /** Rows in bulk and stories together. */
    int size() {
        return (int) entries().count();
    }

    Stream<Entry> entries() {
        return Stream.of(schools, headcounts, trainings, rows).flatMap(List::stream);
    }

    /** What a record is known by. */
    record Key(RecordType type, String province, String sourceId) {

        static Key of(Entry entry) {
            return new Key(entry.type(), entry.province(), entry.sourceId());
        }
    }
}
