package org.signetmail.policy.judge;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.SpoofChecker;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.signetmail.policy.originator.CanonicalAddress;
import org.signetmail.policy.originator.Originators;

/**
 * An address of the account for which a refused one may be mistaken (UTS 39 skeletons), though it is another one. It
 * never makes an address match: it raises a count, because somebody may have tried.
 */
final class LookAlike {
    private static final SpoofChecker CHECKER = new SpoofChecker.Builder().build();
    private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_UNICODE);
    private static final String WHOLE_DOMAIN = "*@";

    private LookAlike() {}

    static Optional<String> of(String refused, List<String> allowed, Originators originators) {
        Optional<CanonicalAddress> itself = originators.addresses().canonical(refused);
        String skeleton = skeleton(refused);
        return allowed.stream()
                .filter(address -> address.startsWith(WHOLE_DOMAIN)
                        ? domain(skeleton).equals(domain(skeleton(address)))
                                && !itself.map(CanonicalAddress::domain).equals(canonicalDomain(address, originators))
                        : skeleton.equals(skeleton(address))
                                && !itself.equals(originators.addresses().canonical(address)))
                .findFirst();
    }

    private static Optional<String> canonicalDomain(String address, Originators originators) {
        return originators.addresses().canonical(address).map(CanonicalAddress::domain);
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    private static String skeleton(String address) {
        var domain = new StringBuilder();
        UTS46.nameToUnicode(domain(address), domain, new IDNA.Info());
        String visible = (address.substring(0, address.lastIndexOf('@') + 1) + domain)
                .codePoints()
                .filter(c -> !UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return CHECKER.getSkeleton(visible.toLowerCase(Locale.ROOT));
    }
}
