package org.voyage.mobility;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import org.voyage.kittest.NamingRules;
import org.voyage.kittest.RecordArchitectureRules;

/** Architecture test of the borders between the service's packages; a rule that selects nothing fails too. */
@AnalyzeClasses(packages = "org.voyage.mobility", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {

    @ArchTest
    static final ArchTests names = ArchTests.in(NamingRules.class);

    @ArchTest
    static final ArchTests alike = ArchTests.in(RecordArchitectureRules.class);

    @ArchTest
    static final ArchRule only_enrolments_know_what_is_personal = noClasses()
            .that()
            .resideOutsideOfPackages("..enrolment..", "..personal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..personal..");

    @ArchTest
    static final ArchRule only_the_key_ring_encrypts = noClasses()
            .that()
            .haveNameNotMatching(".*\\.KeyRing(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google.crypto..", "javax.crypto..");
}
