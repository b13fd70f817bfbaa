package org.signetmail.policy.judge;

import org.signetmail.policy.check.Answer;

/** What one rule answered. */
public record Finding(String rule, Answer answer) {}
