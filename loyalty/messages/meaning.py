"""What somebody means by a text: stop, start again, help, or something that a person must read.

The words are those that United States carriers and the consumer protection rules of 2025 name, their Spanish ones, and
sentences as people write them. In doubt about "stop" it is one; a visit that is to be stopped or cancelled is not.
"""

import re
import unicodedata

from loyalty.models import ReplyMeaning

_STOP = {
    "stop", "stopall", "stop all", "unsubscribe", "quit", "end", "cancel", "revoke", "optout", "opt out", "remove",
    "remove me", "unsub", "enough", "no more", "alto", "basta", "parar", "pare", "para", "cancelar", "detener",
    "baja", "salir", "fin",
}  # fmt: skip
_START = {"start", "unstop", "resume", "subscribe", "optin", "opt in", "comenzar", "empezar", "iniciar"}
_HELP = {"help", "info", "ayuda", "informacion"}
# Said around the word that counts.
_AROUND = {
    "please", "pls", "plz", "now", "thanks", "thank", "you", "ok", "okay", "it", "this", "por", "favor", "gracias",
    "ya",
}  # fmt: skip

_WRITE = (
    r"(?:texts?|texting|messages?|messaging|msgs?|sms|contact|contacting|write|writing|email|emailing|send|sending|spam"
    r"|spamming|bother|bothering)"
)
_SENTENCES = [
    re.compile(pattern)
    for pattern in (
        rf"\b(?:stop|quit|cease|cancel|end)\b(?: \w+){{0,3}} {_WRITE}\b",
        rf"\b(?:dont|do not|never)(?: ever| please| you)? {_WRITE}\b",
        rf"\b(?:dont|do not|no longer|not) (?:want|wish|need|like|consent|agree)\b(?: \w+){{0,5}} {_WRITE}\b",
        rf"\bno (?:more|further) {_WRITE}\b",
        r"\b(?:take|remove|delete) (?:me|my (?:number|name|phone))\b",
        r"\bunsubscribe\b|\bopt(?:ing)? (?:me )?out\b|\blose (?:my|this) number\b|\bwrong (?:number|person)\b",
        r"\bleave me alone\b|\bgo away\b",
        r"\bno (?:me )?(?:escriba|escriban|mande|manden|envie|envien|contacte|contacten|moleste|molesten)\b",
        r"\b(?:deje|dejen|deja) de (?:escribir|mandar|enviar|contactar|molestar)\w*\b",
        r"\bno (?:quiero|deseo)(?: \w+){0,2} (?:mensajes|textos|mensaje)\b|\bno mas (?:mensajes|textos)\b",
        r"\b(?:quite|quiten|borre|borren|saque|saquen)(?:me| mi)\b",
    )
]
# "Don't stop texting me", "do not cancel", "you can text me".
_NOT_MEANT = re.compile(r"\b(?:dont|do not|never) (?:\w+ )?(?:stop|quit|cancel|end|hesitate|forget)\b")


def meaning_of(text: str) -> ReplyMeaning:
    """Upper or lower case, accents, punctuation and politeness make no difference."""
    words = _plain(text)
    core = " ".join(word for word in words.split() if word not in _AROUND)
    if core in _STOP or words in _STOP:
        return ReplyMeaning.STOP
    if core in _START:
        return ReplyMeaning.START
    if core in _HELP:
        return ReplyMeaning.HELP
    if not _NOT_MEANT.search(words) and any(sentence.search(words) for sentence in _SENTENCES):
        return ReplyMeaning.STOP
    return ReplyMeaning.OTHER


def _plain(text: str) -> str:
    """Lower case, without accents, apostrophes and punctuation, single spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter) and letter not in "'’‘`´")
    return " ".join(re.sub(r"[^\w]+|_", " ", bare).split())
