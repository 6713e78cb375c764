"""All SQL lives here: tables, engine, migrations' way in, and the one road by which rows are written."""
