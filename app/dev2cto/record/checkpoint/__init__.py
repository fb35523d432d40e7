"""The checkpoint, a cache that makes opening a record fast."""
