"""How well titles, authors and dates are read, on pages whose metadata people wrote down."""
