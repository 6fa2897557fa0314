"""Text as it is read, whatever letters it is written with: for guards that must not be talked around."""

import re
import unicodedata

# Letters of other scripts, and signs, that look like Latin ones.
_LOOKS_LIKE = str.maketrans(
    {
        "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ј": "j", "ѕ": "s", "ԁ": "d",
        "һ": "h", "ո": "n", "т": "t", "к": "k", "м": "m", "н": "h", "в": "b", "г": "r", "ν": "v", "ο": "o", "α": "a",
        "ι": "i", "ρ": "p", "τ": "t", "υ": "u", "κ": "k", "ε": "e", "А": "A", "В": "B", "Е": "E", "К": "K", "М": "M",
        "Н": "H", "О": "O", "Р": "P", "С": "C", "Т": "T", "У": "Y", "Х": "X", "І": "I", "ı": "i", "ł": "l", "ø": "o",
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "＇": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-",
        "‑": "-", "−": "-", "…": " ", "&": " and ",
    }
)  # fmt: skip
_DIGITS = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"})
_IN_A_WORD = re.compile(r"\b(?=\w*[a-z])(?=\S*[0-9@$])[a-z0-9@$]{3,}\b", re.I)
# Four letters or more that stand alone, as in "b o t o x" or "b.o.t.o.x".
_ALONE = re.compile(r"(?<!\w)(?:\w[ .\-_*]){3,}\w(?!\w)")


def plain(text: str) -> str:
    """`text` with Latin look-alikes, without accents and unseen characters, single blanks between words."""
    wide = unicodedata.normalize("NFKC", text).translate(_LOOKS_LIKE)
    seen = "".join(letter for letter in wide if unicodedata.category(letter) not in ("Cf", "Cc") or letter in "\n\t\r")
    bare = "".join(letter for letter in unicodedata.normalize("NFD", seen) if not unicodedata.combining(letter))
    return re.sub(r"[\s_*~|]+", " ", bare).strip()


def squeezed(text: str) -> str:
    """`plain` text with words put together that were pulled apart, digits read as letters, hyphens as blanks."""
    told = _ALONE.sub(lambda match: re.sub(r"[ .\-_*]", "", match.group()), plain(text))
    told = _IN_A_WORD.sub(lambda match: match.group().translate(_DIGITS), told)
    return re.sub(r"(?<=\w)[-/.](?=\w)", " ", told)
