package org.signetmail.directory.changes;

import java.util.UUID;

/**
 * A change on its way to Kafka.
 *
 * @param id the same each time this change is published
 */
record Event(UUID id, DirectoryChange change) {}
