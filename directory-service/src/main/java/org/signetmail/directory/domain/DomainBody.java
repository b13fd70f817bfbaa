package org.signetmail.directory.domain;

import java.util.Optional;
import java.util.regex.Pattern;
import org.signetmail.directory.address.CanonicalDomain;
import org.signetmail.directory.problem.Refused;

/** What PUT reads; mode is enforce and local parts are without case unless it says otherwise. */
public record DomainBody(
        Optional<String> domain,
        Optional<Mode> mode,
        Optional<String> subaddressDelimiter,
        Optional<Boolean> caseSensitiveLocalPart) {
    // Printable ASCII that is neither a letter nor a digit, the @ or the wildcard.
    private static final Pattern DELIMITER = Pattern.compile("[!-)+-/:-?\\[-`{-~]");

    Domain as(String name) {
        if (domain.isPresent() && !domain.flatMap(CanonicalDomain::of).equals(Optional.of(name))) {
            throw Refused.invalid("domain", "The body names another domain than the path");
        }
        if (subaddressDelimiter.isPresent()
                && !DELIMITER.matcher(subaddressDelimiter.get()).matches()) {
            throw Refused.invalid("subaddressDelimiter", "A delimiter is one ASCII punctuation mark such as +");
        }
        return new Domain(name, mode.orElse(Mode.ENFORCE), subaddressDelimiter, caseSensitiveLocalPart.orElse(false));
    }
}
