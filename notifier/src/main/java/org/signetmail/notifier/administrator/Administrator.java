package org.signetmail.notifier.administrator;

import org.signetmail.notifier.mail.Mailbox;
import org.signetmail.notifier.text.Language;

/** Somebody who is told of the refusals of a domain's accounts. */
public record Administrator(Mailbox mailbox, Language language) {}
