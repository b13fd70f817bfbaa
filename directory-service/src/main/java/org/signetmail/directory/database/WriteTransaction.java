package org.signetmail.directory.database;

import java.sql.Connection;

/** The only write transaction of the moment, over all instances; its changes get this version of the directory. */
public record WriteTransaction(Connection connection, long version) {}
