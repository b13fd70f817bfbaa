package org.signetmail.notifier.digest;

import org.signetmail.notifier.mail.NoticeKind;

/**
 * Somebody who is told about refusals.
 *
 * @param kind NDR: owner of an account; ADMIN: administrator
 * @param recipient mailbox, as the outbox has it
 */
public record Audience(NoticeKind kind, String recipient) {}
