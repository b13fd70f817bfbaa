package org.signetmail.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

/** What may know what: packages in one direction only, and a protocol core that is plain Java. */
class ArchitectureTest {
    private static final String ROOT = "org.signetmail.edge";
    private static final JavaClasses EDGE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void packagesHaveNoCycles() {
        slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(EDGE);
    }

    @Test
    void theProtocolCoreImportsNoFramework() {
        classes()
                .that()
                .resideInAnyPackage(
                        core("session"), core("command"), core("reply"), core("submission"), core("content"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        core("session"),
                        core("command"),
                        core("reply"),
                        core("submission"),
                        core("content"),
                        core("auth"))
                .check(EDGE);
    }

    @Test
    void theSaslExchangesImportNoFramework() {
        classes()
                .that()
                .resideInAPackage(core("auth"))
                .and()
                .haveSimpleNameNotStartingWith("Directory")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "com.ongres.scram..", core("auth"))
                .check(EDGE);
    }

    private static String core(String name) {
        return ROOT + "." + name;
    }

    /** The root package is a part like the others. */
    private static final class ByPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
