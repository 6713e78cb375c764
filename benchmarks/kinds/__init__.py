"""The kinds of removed blocks, against labels that a person gave them."""
