-- Who is told of refusals of a domain's accounts, in the order in which they were given; the first one is the owners' contact.
-- Domains without any have those of the configuration.
CREATE TABLE administrator (
  domain   text NOT NULL,
  place    integer NOT NULL,
  address  text NOT NULL,
  language text NOT NULL,
  PRIMARY KEY (domain, place)
);

-- Several administrators may have the same refusal gathered.
ALTER TABLE gathered DROP CONSTRAINT gathered_pkey;
ALTER TABLE gathered ADD PRIMARY KEY (incident, kind, recipient);
