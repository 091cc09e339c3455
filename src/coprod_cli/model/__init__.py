"""Nouns: the row types and frozen values that every other room passes on. Imports nothing of coprod's."""
