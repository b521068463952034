"""Papers as an office files them. Pure: neither Django nor a database, so that any room may write one."""
