package org.signetmail.directory.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.lang.UCharacter;
import java.net.IDN;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.signetmail.directory.problem.Refused;

/** What holds of every text, not only of those that somebody thought of. */
class CanonicalAddressPropertiesTest {
    /** Each look-up takes a canonical form for an address. */
    @Test
    void theCanonicalFormOfACanonicalFormIsItself() {
        Texts.forAll(texts -> {
            String text = texts.arbitrary();
            for (boolean caseSensitive : new boolean[] {true, false}) {
                Optional<CanonicalAddress> once = CanonicalAddress.of(text, caseSensitive);
                assertEquals(
                        once,
                        once.flatMap(canonical -> CanonicalAddress.of(canonical.toString(), caseSensitive)),
                        () -> escaped(text));
            }
        });
    }

    /** The canonical domain is ASCII, and the last @ separates it: the printed form has one reading. */
    @Test
    void whatIsPrintedIsReadAgain() {
        Texts.forAll(texts -> {
            String text = texts.arbitrary();
            CanonicalAddress.of(text, false).ifPresent(canonical -> {
                String printed = canonical.toString();
                int at = printed.lastIndexOf('@');
                assertEquals(canonical.localPart(), printed.substring(0, at), () -> escaped(text));
                assertEquals(canonical.domain(), printed.substring(at + 1), () -> escaped(text));
                assertTrue(canonical.domain().chars().allMatch(c -> c > ' ' && c < 0x7f), () -> escaped(text));
            });
        });
    }

    @Test
    void caseCountsOnlyWhereItShould() {
        Texts.forAll(texts -> {
            String address = texts.localPart() + "@" + texts.domain();
            String recased = texts.recased(address);
            Optional<CanonicalAddress> canonical = CanonicalAddress.of(address, false);
            assertTrue(canonical.isPresent(), address);
            assertEquals(canonical, CanonicalAddress.of(recased, false), () -> address + " and " + recased);
            assertEquals(
                    canonical.get().domain(),
                    CanonicalAddress.of(recased, true).orElseThrow().domain());
            String local = recased.substring(0, recased.lastIndexOf('@'));
            assertEquals(
                    local.equals(address.substring(0, address.lastIndexOf('@'))),
                    CanonicalAddress.of(address, true).equals(CanonicalAddress.of(recased, true)),
                    () -> address + " and " + recased);
        });
    }

    /** A domain changes its mind about case by folding what is stored (DomainStore). */
    @Test
    void withoutCaseIsTheFoldedFormOfWithCase() {
        Texts.forAll(texts -> {
            String text = texts.arbitrary();
            assertEquals(
                    CanonicalAddress.of(text, false),
                    CanonicalAddress.of(text, true)
                            .flatMap(canonical -> CanonicalAddress.of(canonical.toString(), false)),
                    () -> escaped(text));
        });
    }

    @Test
    void aDomainIsTheSameInALabelsAndULabels() {
        Texts.forAll(texts -> {
            String domain = texts.domain();
            Optional<String> canonical = CanonicalDomain.of(domain);
            assertTrue(canonical.isPresent(), domain);
            assertEquals(canonical, CanonicalDomain.of(canonical.get()), domain);
            assertEquals(canonical, CanonicalDomain.of(texts.recased(canonical.get())), domain);
            if (domain.indexOf('\u00df') < 0) { // IDNA 2003, which Java has, made it ss
                assertEquals(canonical.get(), IDN.toASCII(domain), domain);
            }
        });
    }

    /** What look alike have one skeleton, and that is a matter of looks alone. */
    @Test
    void skeletonsDoNotDependOnCaseOrLabels() {
        Texts.forAll(texts -> {
            String local = texts.localPart();
            String domain = texts.domain();
            String address = local + "@" + domain;
            assertEquals(Skeleton.of(address), Skeleton.of(texts.recased(local) + "@" + domain), address);
            assertEquals(
                    Skeleton.of(address),
                    Skeleton.of(local + "@" + CanonicalDomain.of(domain).orElseThrow()),
                    address);
        });
    }

    @Test
    void whateverIsSentIsRefusedByFieldOrSound() {
        Texts.forAll(texts -> {
            String text = texts.arbitrary();
            try {
                AddressSyntax.check(text, "address");
                assertTrue(CanonicalAddress.of(text, true).isPresent(), () -> escaped(text));
                assertFalse(text.indexOf('\0') >= 0, () -> escaped(text));
                assertFalse(Skeleton.of(text).isEmpty(), () -> escaped(text));
            } catch (Refused e) {
                assertEquals(Optional.of("address"), e.field());
            }
        });
    }

    private static String escaped(String text) {
        return text.codePoints()
                .mapToObj(c ->
                        c > ' ' && c < 0x7f ? Character.toString(c) : "<%04X %s>".formatted(c, UCharacter.getName(c)))
                .reduce("", String::concat);
    }
}
