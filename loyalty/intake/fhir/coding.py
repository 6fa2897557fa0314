"""Codeable concepts: a code, words, or both."""

import re

from loyalty.intake.fhir.fields import Fields
from loyalty.intake.fhir.rows import Coded

SNOMED = "http://snomed.info/sct"

# SNOMED CT's fully specified names end with the kind of concept: "Consultation (procedure)".
_SEMANTIC_TAG = re.compile(r" \((?:procedure|finding|disorder|situation|regime/therapy|environment|qualifier value)\)$")


def read_concept(fields: Fields | None) -> Coded | None:
    """What the concept is called, with the first code that it has; None where it says nothing."""
    if fields is None:
        return None
    system = code = display = ""
    for coding in fields.parts("coding"):
        code, display = coding.text("code"), coding.text("display")
        system = coding.text("system")
        if code:
            break
    name = fields.text("text") or display or code
    if system == SNOMED:
        name = _SEMANTIC_TAG.sub("", name)
    return Coded(name, system if code else "", code) if name else None


def codes_of(fields: Fields | None) -> set[str]:
    """Every code of the concept."""
    if fields is None:
        return set()
    return {code for coding in fields.parts("coding") if (code := coding.text("code", most=64))}
