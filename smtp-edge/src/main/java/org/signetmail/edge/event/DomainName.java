package org.signetmail.edge.event;

import com.ibm.icu.text.IDNA;
import java.util.Optional;

/** The name of a mail domain as the DNS has it: A-labels in lower case (IDNA 2008 by UTS 46, as the verdict compares them). */
public final class DomainName {
    private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.NONTRANSITIONAL_TO_UNICODE
            | IDNA.USE_STD3_RULES
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ
            | IDNA.CHECK_CONTEXTO);

    private DomainName() {}

    /** Empty when it is no name of a host, as an address literal is not. */
    public static Optional<String> of(String domain) {
        var ascii = new StringBuilder();
        var info = new IDNA.Info();
        UTS46.nameToASCII(domain, ascii, info);
        return info.hasErrors() || ascii.isEmpty() ? Optional.empty() : Optional.of(ascii.toString());
    }

    /** The same of what stands behind the last @. */
    public static Optional<String> ofAddress(String address) {
        int at = address.lastIndexOf('@');
        return at < 0 ? Optional.empty() : of(address.substring(at + 1));
    }
}
