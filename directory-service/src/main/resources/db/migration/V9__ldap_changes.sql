-- Grants are worked out where names changed; those of work that ended before its grants were given are not forgotten.
ALTER TABLE ldap_cursor ADD grants_due boolean NOT NULL DEFAULT true;
-- When the position was reached, by the clock of directory-service.
ALTER TABLE ldap_cursor ADD reached_at timestamptz NOT NULL DEFAULT now();
-- Entries are renamed, and those that name them follow.
CREATE INDEX ldap_link_of_dn ON ldap_link (dn);
