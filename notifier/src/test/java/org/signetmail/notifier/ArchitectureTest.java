package org.signetmail.notifier;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.signetmail.notifier");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.signetmail.notifier.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void whatWritesMailsKnowsNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage("..event..", "..mail..", "..text..", "..ndr..", "..admin..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.quarkus..").and(not(resideInAPackage("io.quarkus.qute.."))))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.smallrye..",
                        "io.micrometer..",
                        "jakarta.inject..",
                        "jakarta.enterprise..",
                        "jakarta.ws..",
                        "org.apache.kafka..",
                        "org.eclipse.microprofile..",
                        "java.sql..",
                        "javax.sql..")
                .check(CLASSES);
    }
}
