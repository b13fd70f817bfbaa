package org.signetmail.edge.session;

import java.net.InetAddress;
import java.util.Optional;
import org.signetmail.edge.auth.AccountLimits;
import org.signetmail.edge.content.StoredMessage;

/**
 * A message that was read whole, and how it came.
 *
 * @param account login that was authenticated
 * @param credential id of the application password that it was authenticated with; empty for the account's own
 * @param limits of the account's own
 * @param helo name given in EHLO or HELO
 * @param client address of the submitting host
 * @param tls protocol version, empty without TLS
 */
public record Submission(
        String account,
        Optional<String> credential,
        AccountLimits limits,
        String helo,
        boolean esmtp,
        InetAddress client,
        Optional<String> tls,
        Transaction transaction,
        StoredMessage content) {}
