"""The tables of ``data/vocabulary`` as typed objects, loaded once and on first use."""
