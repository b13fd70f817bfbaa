package org.signetmail.edge.session;

import java.time.Duration;
import java.time.InstantSource;
import org.signetmail.edge.auth.Mechanisms;
import org.signetmail.edge.reply.ReplyStyle;

/** What a session needs to know of the configuration; {@code org.signetmail.edge.EdgeConfig} documents each. */
public record SessionSettings(
        String serverName,
        ReplyStyle replyStyle,
        boolean tlsOffered,
        boolean plaintextAuthAllowed,
        Mechanisms mechanisms,
        long maxMessageSize,
        int maxRecipients,
        int maxAuthFailures,
        int maxErrors,
        int maxIdleCommands,
        Duration maxHold,
        InstantSource clock,
        Quota quota) {}
