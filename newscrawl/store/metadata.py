"""The one MetaData that all tables hang on, with its naming convention.

Every constraint gets a name: without one, Alembic cannot see a dropped UNIQUE on SQLite, and batch mode
cannot address it (https://alembic.sqlalchemy.org/en/latest/naming.html).
"""

from sqlalchemy import MetaData

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING_CONVENTION)
