package org.signetmail.directory;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PackagesTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.signetmail.directory");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.signetmail.directory.(*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    @Test
    void howAddressesCompareKnowsNoFramework() {
        noClasses()
                .that()
                .haveNameMatching(".*\\.(CanonicalAddress|CanonicalDomain|AddressSyntax|Login|GrantTarget|Verifier)")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta..", "java.sql..", "org.apache.kafka..")
                .check(classes);
    }
}
