"""The encrypted case store, audit chain, consent and autosave."""
