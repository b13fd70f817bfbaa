package org.signetmail.directory.credential;

/** What is stored instead of a password (RFC 5802 section 3, with SHA-256 as RFC 7677 has it). Bytes are Base64 in JSON. */
@SuppressWarnings("ArrayRecordComponent")
public record Verifier(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {}
