package org.signetmail.policy.operation;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.signetmail.policy.judge.Judge;

/** The judge knows no framework; this tells it what is configured. */
final class ConfiguredJudge {
    @Produces
    @Singleton
    Judge judge(PolicyConfig config) {
        return new Judge(config.displayNameAddress());
    }
}
