"""Rows that other systems follow."""

from django.db import models


class Followed(models.Model):
    """`written_in`: the transaction that wrote the row last, set by the database whatever the writer says.

    Times do not do for following changes: a row is stamped before it can be seen, and a reader between the two passes
    it by for ever.
    """

    written_in = models.BigIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
