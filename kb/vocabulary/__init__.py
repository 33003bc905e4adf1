"""The words records may use, and what they imply."""

from kb.vocabulary.vocabulary import Vocabulary

__all__ = ["Vocabulary"]
