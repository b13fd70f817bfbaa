package org.signetmail.policy.originator;

/** The directory's answer about an account. Not being able to answer is neither a permission nor a denial. */
public sealed interface Lookup {
    record Found(Originators originators) implements Lookup {}

    record Absent() implements Lookup {}

    /** @param why what could not be done, for the verdict's detail; no address, no secret */
    record Unavailable(String why) implements Lookup {}
}
