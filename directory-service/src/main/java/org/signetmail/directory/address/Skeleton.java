package org.signetmail.directory.address;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.SpoofChecker;

/** How an address looks, regardless of case: those of two addresses are equal when one may be taken for the other (UTS 39). */
public final class Skeleton {
    private static final SpoofChecker CHECKER = new SpoofChecker.Builder().build();
    private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_UNICODE);

    private Skeleton() {}

    /** Of a sound address; its domain is looked at as people see it, in U-labels. */
    public static String of(String address) {
        int at = address.lastIndexOf('@');
        var visible = new StringBuilder();
        address.substring(0, at + 1)
                .codePoints()
                .filter(c -> !UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT))
                .forEach(visible::appendCodePoint);
        var domain = new StringBuilder();
        UTS46.nameToUnicode(address.substring(at + 1), domain, new IDNA.Info());
        return CHECKER.getSkeleton(UCharacter.foldCase(visible.append(domain).toString(), true));
    }
}
