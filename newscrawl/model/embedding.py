"""What an article says, as a point in a space that languages share: made by a model, where one is on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Embedding:
    """A vector of signed bytes, of any length: only its direction counts.

    `model` is the model's name and the version of what ran it, `NAME@VERSION`; vectors of different models
    cannot be compared.
    """

    model: str
    vector: bytes
