package org.voyage.mobility;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The borders within the service; a rule that selects nothing fails too. */
@AnalyzeClasses(packages = "org.voyage.mobility", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {

    @ArchTest
    static final ArchRule records_do_not_go_round_in_circles =
            slices().matching("org.voyage.mobility.(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule what_the_records_share_knows_none_of_them = noClasses()
            .that()
            .resideInAPackage("org.voyage.mobility")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.voyage.mobility.(*)");

    @ArchTest
    static final ArchRule only_enrolments_know_what_is_personal = noClasses()
            .that()
            .resideOutsideOfPackages("..enrolment..", "..personal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..personal..");

    @ArchTest
    static final ArchRule a_record_and_its_rules_know_only_the_jdk_and_the_kits_values = classes()
            .that()
            .haveSimpleName("InboundEnrolment")
            .or()
            .haveSimpleName("OutboundPlacement")
            .or()
            .haveSimpleName("TeacherAssignment")
            .or()
            .haveSimpleName("ForeignTeacher")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "org.voyage.kit.web", "org.voyage.mobility.(*)..");

    @ArchTest
    static final ArchRule only_the_key_ring_encrypts = noClasses()
            .that()
            .haveNameNotMatching(".*\\.KeyRing(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google.crypto..", "javax.crypto..");

    @ArchTest
    static final ArchRule only_resources_speak_http_verbs =
            noClasses().that().haveSimpleNameNotEndingWith("Resource").should().beAnnotatedWith("jakarta.ws.rs.Path");
}
