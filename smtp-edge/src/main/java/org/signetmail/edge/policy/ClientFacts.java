package org.signetmail.edge.policy;

import java.util.Optional;

/** The submitting host, as events show it. */
public record ClientFacts(String address, String helo, Optional<String> tls) {}
