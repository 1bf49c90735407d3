"""pskg: the Public Service Knowledge Graph."""
