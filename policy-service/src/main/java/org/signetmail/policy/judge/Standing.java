package org.signetmail.policy.judge;

import java.util.List;
import java.util.Optional;
import org.signetmail.policy.originator.Mode;

/**
 * What a verdict stands on.
 *
 * @param directoryVersion 0 when the directory has no such account
 * @param allowed addresses that the account may use, primary first; at most 50
 */
public record Standing(Mode mode, long directoryVersion, Optional<String> primaryAddress, List<String> allowed) {}
