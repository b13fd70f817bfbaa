package org.signetmail.directory.address;

/** An address of an account, in the form in which it was given. */
public record Address(String address, boolean primary) {}
