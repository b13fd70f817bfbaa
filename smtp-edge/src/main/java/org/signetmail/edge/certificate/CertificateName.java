package org.signetmail.edge.certificate;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** Which part of a client's certificate names the account. There must be exactly one of its kind. */
public enum CertificateName {
    /** The address in subjectAltName (rfc822Name, RFC 5280 section 4.2.1.6). */
    EMAIL {
        @Override
        Stream<String> all(X509Certificate certificate) throws CertificateParsingException {
            return addresses(certificate);
        }
    },
    /** What is before the last @ of that address, whatever its domain. */
    EMAIL_LOCAL_PART {
        @Override
        Stream<String> all(X509Certificate certificate) throws CertificateParsingException {
            return addresses(certificate).map(address -> address.substring(0, Math.max(0, address.lastIndexOf('@'))));
        }
    },
    /** The common name of the subject. */
    CN {
        @Override
        Stream<String> all(X509Certificate certificate) throws InvalidNameException {
            return subject(certificate, "CN");
        }
    },
    /** The user id of the subject (RFC 4519 section 2.39). */
    UID {
        @Override
        Stream<String> all(X509Certificate certificate) throws InvalidNameException {
            return subject(certificate, "UID");
        }
    };

    private static final int RFC822_NAME = 1;

    abstract Stream<String> all(X509Certificate certificate) throws CertificateParsingException, InvalidNameException;

    /** Empty when there is none, or more than one. */
    public Optional<String> in(X509Certificate certificate) {
        try {
            List<String> names = all(certificate).toList();
            return names.size() == 1 ? Optional.of(names.getFirst()).filter(name -> !name.isEmpty()) : Optional.empty();
        } catch (CertificateParsingException | InvalidNameException _) {
            return Optional.empty();
        }
    }

    private static Stream<String> addresses(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null
                ? Stream.empty()
                : names.stream()
                        .filter(name -> Integer.valueOf(RFC822_NAME).equals(name.getFirst()))
                        .map(name -> name.getLast().toString());
    }

    private static Stream<String> subject(X509Certificate certificate, String type) throws InvalidNameException {
        return new LdapName(certificate.getSubjectX500Principal().getName())
                .getRdns().stream()
                        .filter(rdn -> rdn.getType().equalsIgnoreCase(type))
                        .map(rdn -> rdn.getValue().toString());
    }
}
